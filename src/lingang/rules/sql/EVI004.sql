-- id: EVI004
-- table: *
-- level: requirement
-- set: full
-- title: a filled cell without evidence
-- why: Every cell that rests on text shows the text it rests on.
-- mend: quote the words of the page that say it, or empty the cell
SELECT cells.table_name, cells.record_id, cells.row_no, cells.column_name, 'no evidence row' AS found,
  'evidence for the proof ' || proof AS expected
FROM cells LEFT JOIN evidence ON evidence.table_name = cells.table_name AND evidence.record_id = cells.record_id
  AND evidence.column_name = cells.column_name
LEFT JOIN (SELECT DISTINCT entity_table, entity_id FROM mentions) AS named ON named.entity_table = cells.table_name AND named.entity_id = cells.record_id
WHERE evidence_id IS NULL AND (named.entity_id IS NOT NULL OR cells.table_name NOT IN ('people', 'organizations', 'places', 'campaigns'))
  AND (item_no IS NULL OR item_no = 1)
