-- id: EVT010
-- table: events
-- severity: error
-- set: full
-- title: an event with nothing of its own
-- why: An event has a date, a site or a participant of its own.
-- mend: add who took part, or take the event out
SELECT events.event_id AS record_id, events.row_no, 'event_id' AS column_name, 'no date and no participation' AS found,
  'a date, a site or a participant' AS expected
FROM events LEFT JOIN participations USING (event_id)
WHERE date_raw IS NULL AND participation_id IS NULL
