-- id: EVT007
-- table: events
-- level: advice
-- set: full
-- title: someone attends what has not been reported as held
-- why: An event that is planned or only referred to has nobody who attended it.
-- mend: correct the status, or take the participant out
SELECT DISTINCT event_id AS record_id, events.row_no, 'status' AS column_name, status || ' with ' || role AS found,
  'nobody who attends or inspects yet' AS expected
FROM events JOIN participations USING (event_id)
WHERE status IN ('planned', 'background') AND role IN ('attendee', 'inspector')
