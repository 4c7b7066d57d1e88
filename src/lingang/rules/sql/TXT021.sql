-- id: TXT021
-- table: issues
-- severity: error
-- set: full
-- title: a decision that does not go with the kind of oddity
-- why: What is cut is joined, what is displaced reattached, what is missing or ambiguous left open; a misprint or a slip of syntax stays as printed.
-- mend: choose the decision that goes with the kind; an inconsistency with a reading is kept, without one left open
WITH due AS (
  SELECT *, CASE WHEN kind = 'line_break' THEN 'join' WHEN kind = 'misplaced_block' THEN 'reattach'
    WHEN kind IN ('misprint', 'syntax') OR (kind = 'inconsistency' AND reading IS NOT NULL) THEN 'keep_sic'
    WHEN raw_start IS NULL AND kind = 'line_break' THEN 'join' ELSE 'leave_open' END AS decided
  FROM issues
)
SELECT issue_id AS record_id, row_no, 'decision' AS column_name, kind || ': ' || decision AS found, decided AS expected
FROM due WHERE decision <> decided
