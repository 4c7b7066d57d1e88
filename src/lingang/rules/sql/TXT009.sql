-- id: TXT009
-- table: segments
-- level: requirement
-- set: full
-- title: two segments hold the same text
-- why: Each character of the page is accounted for once.
-- mend: give the lines to one item and one role
WITH runs AS (
  SELECT segment_id, row_no, raw_start,
    lag(raw_end) OVER (PARTITION BY source_id ORDER BY raw_start, raw_end) AS before_end,
    lag(segment_id) OVER (PARTITION BY source_id ORDER BY raw_start, raw_end) AS before_id
  FROM segments 
)
SELECT segment_id AS record_id, row_no, 'raw_start' AS column_name,
  'overlaps ' || before_id AS found, 'a start at or after ' || before_end AS expected
FROM runs WHERE raw_start < before_end
