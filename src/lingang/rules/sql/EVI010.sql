-- id: EVI010
-- table: *
-- level: requirement
-- set: full
-- title: a composed value is not its parts in order
-- why: A name that is not printed in one piece is joined of printed parts, and of nothing else.
-- mend: list the printed parts in the order in which the page prints them
WITH parts AS (
  SELECT cells.table_name, cells.record_id, cells.row_no, cells.column_name, value, squeeze(value) AS whole, quote,
    CAST(sum(length(quote)) OVER (PARTITION BY cells.table_name, cells.record_id, cells.column_name ORDER BY evidence_id
      ROWS UNBOUNDED PRECEDING) AS INT) - length(quote) AS part_start,
    sum(length(quote)) OVER (PARTITION BY cells.table_name, cells.record_id, cells.column_name) AS parts_length,
    raw_start < lag(raw_start) OVER (PARTITION BY cells.table_name, cells.record_id, cells.column_name ORDER BY evidence_id) AS turned
  FROM cells JOIN evidence ON evidence.table_name = cells.table_name AND evidence.record_id = cells.record_id
    AND evidence.column_name = cells.column_name
  WHERE cells.proof = 'composed'
)
SELECT table_name, record_id, row_no, column_name, value AS found,
  coalesce(min(CASE WHEN substring(whole, part_start + 1, length(quote)) <> quote THEN quote || ' at its place' END),
    'the quoted parts and no more, in the order of the page') AS expected
FROM parts
WHERE substring(whole, part_start + 1, length(quote)) <> quote OR parts_length <> length(whole) OR turned
GROUP BY table_name, record_id, row_no, column_name, value
