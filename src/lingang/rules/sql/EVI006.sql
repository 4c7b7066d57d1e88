-- id: EVI006
-- table: *
-- level: requirement
-- set: full
-- title: a value differs from its quote
-- why: A quoted value is what the page prints, white space aside.
-- mend: write the value as it is printed
WITH numbered AS (
  SELECT *, row_number() OVER (PARTITION BY table_name, record_id, column_name ORDER BY evidence_id) AS number,
    count(*) OVER (PARTITION BY table_name, record_id, column_name) AS rows_of_cell
  FROM evidence
)
SELECT cells.table_name, cells.record_id, cells.row_no, cells.column_name, cells.value AS found,
  coalesce(numbered.quote, 'a quote for each item') AS expected
FROM cells LEFT JOIN numbered ON numbered.table_name = cells.table_name AND numbered.record_id = cells.record_id
  AND numbered.column_name = cells.column_name AND numbered.number = coalesce(cells.item_no, 1)
WHERE cells.proof = 'quote' AND (numbered.quote IS NULL OR numbered.quote <> squeeze(cells.value)
  OR (cells.item_no IS NULL AND rows_of_cell > 1))
