-- id: TXT025
-- table: issues
-- severity: error
-- set: full
-- title: an issue with half a span
-- why: An issue of an item has a start and an end, one of the page has neither.
-- mend: rebuild the tables from the authored files
SELECT issue_id AS record_id, row_no, 'raw_end' AS column_name, coalesce(CAST(raw_start AS STRING), 'null') || '-' || coalesce(CAST(raw_end AS STRING), 'null') AS found,
  'both, or neither' AS expected
FROM issues WHERE (raw_start IS NULL) <> (raw_end IS NULL) OR raw_end <= raw_start
