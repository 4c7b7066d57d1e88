-- id: TXT015
-- table: issues
-- level: requirement
-- set: full
-- title: an oddity no longer stands in the text
-- why: A misprint stays as printed in every layer; the suspected reading lives in issues alone.
-- mend: quote what is printed; put what is suspected under reading
SELECT issue_id AS record_id, issues.row_no, 'observed' AS column_name, observed AS found,
  squeeze(substring(text, raw_start + 1, raw_end - raw_start)) AS expected
FROM issues JOIN sources USING (source_id)
WHERE raw_start IS NOT NULL
  AND (squeeze(substring(text, raw_start + 1, raw_end - raw_start)) <> squeeze(observed) OR squeeze(reading) = squeeze(observed))
