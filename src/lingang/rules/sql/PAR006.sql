-- id: PAR006
-- table: participations
-- level: requirement
-- set: full
-- title: an award where none is given
-- why: Awards are given at award ceremonies, in selections and contests.
-- mend: correct the role or the kind of the event
SELECT participation_id AS record_id, participations.row_no, 'role' AS column_name, role || ' of ' || events.kind AS found,
  'an award ceremony, a selection or a contest; an award only for an awardee' AS expected
FROM participations JOIN events USING (event_id)
WHERE (role = 'awardee' AND events.kind NOT IN ('award_ceremony', 'selection', 'contest'))
  OR (award IS NOT NULL AND role <> 'awardee')
