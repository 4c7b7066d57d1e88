-- id: EVI001
-- table: evidence
-- severity: error
-- set: core
-- title: a quote differs from the page at its position
-- why: Evidence is the text of the page, not a memory of it.
-- mend: rebuild the tables from the authored files
SELECT evidence_id AS record_id, evidence.row_no, 'quote' AS column_name, quote AS found,
  squeeze(substring(text, raw_start + 1, raw_end - raw_start)) AS expected
FROM evidence JOIN sources USING (source_id)
WHERE raw_start < 0 OR raw_end <= raw_start OR raw_end > length(text)
  OR squeeze(substring(text, raw_start + 1, raw_end - raw_start)) <> quote
