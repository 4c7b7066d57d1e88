-- id: KEY008
-- table: evidence
-- level: requirement
-- set: full
-- title: evidence of a cell that is empty or does not exist
-- why: Evidence proves a filled cell, or shows that an author overruled a computed one; anything else is a leftover.
-- mend: take the tables as lingang build makes them, without changes by hand
SELECT evidence_id AS record_id, evidence.row_no, 'record_id' AS column_name,
  evidence.table_name || '.' || evidence.column_name || ' of ' || evidence.record_id AS found, 'a filled cell that asks for evidence' AS expected
FROM evidence LEFT JOIN (SELECT DISTINCT table_name, record_id, column_name FROM cells) AS known
  ON known.table_name = evidence.table_name AND known.record_id = evidence.record_id AND known.column_name = evidence.column_name
LEFT JOIN columns ON columns.table_name = evidence.table_name AND columns.column_name = evidence.column_name
WHERE known.record_id IS NULL AND NOT coalesce(columns.proof = 'derived' AND basis IN ('inferred', 'read'), FALSE)
