-- id: EVI011
-- table: evidence
-- level: requirement
-- set: full
-- title: a basis that does not fit the proof of its column
-- why: The basis tells a reader how far the page says the value itself.
-- mend: give the basis that goes with the proof; inferred only with a reason or an antecedent
SELECT evidence_id AS record_id, evidence.row_no, 'basis' AS column_name,
  basis || CASE WHEN rule IS NULL THEN '' ELSE ' with rule ' || rule END || CASE WHEN note IS NULL THEN ' without note' ELSE '' END AS found,
  'a basis that goes with the proof ' || proof || '; inferred with a note, rule with a rule name' AS expected
FROM evidence JOIN columns ON columns.table_name = evidence.table_name AND columns.column_name = evidence.column_name
WHERE NOT (
    (proof = 'quote' AND basis = 'stated') OR (proof = 'cue' AND basis IN ('stated', 'unmarked', 'inferred', 'read'))
    OR (proof = 'key' AND basis IN ('stated', 'inferred')) OR (proof = 'rule' AND basis IN ('normalized', 'inferred'))
    OR (proof = 'composed' AND basis IN ('composed', 'stated')) OR (proof = 'derived' AND basis IN ('inferred', 'read')))
  OR (basis = 'inferred' AND note IS NULL AND proof IN ('cue', 'derived') AND evidence.column_name NOT LIKE 'parent%') OR ((proof = 'rule') <> (rule IS NOT NULL))
