-- id: EVT010
-- table: events
-- level: advice
-- set: full
-- title: an event with nothing of its own
-- why: An event has a date, a site or a participant of its own.
-- mend: add who took part, or take the event out
SELECT events.event_id AS record_id, events.row_no, 'event_id' AS column_name, 'no date, participation or figure' AS found,
  'a date, a site, a participant or a figure' AS expected
FROM events LEFT JOIN participations USING (event_id) LEFT JOIN figures ON figures.event_id = events.event_id
WHERE date_raw IS NULL AND participations.participation_id IS NULL AND figure_id IS NULL
