-- id: EVT008
-- table: event_links
-- level: advice
-- set: full
-- title: a link whose ends do not fit
-- why: Two events are linked that one item tells of; what precedes another does not begin after it has ended, what follows it does not end before it begins.
-- mend: correct the relation or the event at the other end
SELECT event_link_id AS record_id, event_links.row_no, 'other_event_id' AS column_name,
  event_links.event_id || ' ' || relation || ' ' || other_event_id AS found, 'another event of the item, and in order' AS expected
FROM event_links JOIN events AS a USING (event_id) JOIN events AS b ON b.event_id = other_event_id
WHERE event_links.event_id = other_event_id OR a.article_id <> b.article_id
  OR (relation = 'precedes' AND a.date_start > b.date_end) OR (relation = 'follows' AND a.date_end < b.date_start)
