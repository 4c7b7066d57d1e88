-- id: KEY008
-- table: evidence
-- severity: error
-- set: full
-- title: evidence of a cell that is empty or does not exist
-- why: Evidence proves a filled cell, or says why the author chose the entity of a mention; anything else is a leftover.
-- mend: rebuild the tables from the authored files
SELECT evidence_id AS record_id, evidence.row_no, 'record_id' AS column_name,
  evidence.table_name || '.' || evidence.column_name || ' of ' || evidence.record_id AS found, 'a filled cell that asks for evidence' AS expected
FROM evidence LEFT JOIN (SELECT DISTINCT table_name, record_id, column_name FROM cells) AS known
  ON known.table_name = evidence.table_name AND known.record_id = evidence.record_id AND known.column_name = evidence.column_name
LEFT JOIN mentions ON evidence.table_name = 'mentions' AND evidence.column_name = 'entity_id' AND mention_id = evidence.record_id
WHERE known.record_id IS NULL AND mention_id IS NULL
