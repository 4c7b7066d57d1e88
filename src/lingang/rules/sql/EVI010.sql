-- id: EVI010
-- table: *
-- severity: error
-- set: full
-- title: a composed value is not its parts in order
-- why: A name that is not printed in one piece is joined of printed parts, and of nothing else.
-- mend: list the printed parts in the order in which they are joined
SELECT cells.table_name, cells.record_id, cells.row_no, cells.column_name, cells.value AS found,
  string_agg(quote, '' ORDER BY evidence_id) AS expected
FROM cells JOIN evidence ON evidence.table_name = cells.table_name AND evidence.record_id = cells.record_id
  AND evidence.column_name = cells.column_name
WHERE cells.proof = 'composed'
GROUP BY cells.table_name, cells.record_id, cells.row_no, cells.column_name, cells.value
HAVING squeeze(cells.value) <> string_agg(quote, '' ORDER BY evidence_id)
