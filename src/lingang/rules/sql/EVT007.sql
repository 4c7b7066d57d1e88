-- id: EVT007
-- table: events
-- severity: error
-- set: full
-- title: someone attends what has not been reported as held
-- why: An event that is planned or only referred to has no attendees in the item.
-- mend: correct the status, or take the participant out
SELECT DISTINCT event_id AS record_id, events.row_no, 'status' AS column_name, status || ' with ' || role AS found,
  'no chair, attendee, inspector, presenter, performer or site' AS expected
FROM events JOIN participations USING (event_id)
WHERE status IN ('planned', 'background') AND role IN ('chair', 'attendee', 'inspector', 'presenter', 'performer', 'site')
