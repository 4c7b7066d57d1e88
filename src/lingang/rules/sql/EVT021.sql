-- id: EVT021
-- table: events
-- severity: error
-- set: full
-- title: a reported event without a subject
-- why: What was held was about something that the item prints; a show aside.
-- mend: quote under about: what it was about
SELECT event_id AS record_id, row_no, 'about' AS column_name, 'nothing' AS found, 'what the event was about' AS expected
FROM events WHERE status = 'occurred' AND kind <> 'performance' AND size(about) = 0
