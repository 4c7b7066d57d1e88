-- id: EVT013
-- table: events
-- severity: error
-- set: full
-- title: a background event that nothing refers to, or a reported one that has no one to hold it
-- why: What is only background is discussed by another event; what is reported as held has an organizer, an inspector or a performer.
-- mend: correct the status, link the event, or record who held it
SELECT events.event_id AS record_id, events.row_no, 'status' AS column_name, status AS found,
  CASE status WHEN 'background' THEN 'a link that discusses it' ELSE 'an organizer, an inspector or a performer' END AS expected
FROM events
LEFT JOIN (SELECT DISTINCT other_event_id AS event_id FROM event_links WHERE relation = 'discusses') AS discussed USING (event_id)
LEFT JOIN (SELECT DISTINCT event_id, 1 AS held FROM participations WHERE role IN ('organizer', 'inspector', 'performer')) AS holders USING (event_id)
WHERE (status = 'background' AND NOT events.event_id IN (SELECT other_event_id FROM event_links WHERE relation = 'discusses'))
  OR (status = 'occurred' AND held IS NULL)
