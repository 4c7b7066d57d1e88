-- id: TXT020
-- table: issues
-- level: requirement
-- set: full
-- title: a line break that is none
-- why: An issue of kind line_break observes text that a line break cuts.
-- mend: observe the name that is cut, or choose another kind
SELECT issue_id AS record_id, issues.row_no, 'kind' AS column_name, observed AS found, 'text with a line break inside' AS expected
FROM issues JOIN sources USING (source_id)
WHERE kind = 'line_break' AND raw_start IS NOT NULL
  AND NOT regexp_like(substring(text, raw_start + 1, raw_end - raw_start), chr(10))
