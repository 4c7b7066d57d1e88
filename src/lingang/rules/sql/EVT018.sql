-- id: EVT018
-- table: events
-- severity: error
-- set: full
-- title: an event of an item with several that is linked to none
-- why: Events of one item hang together: one is inside, before or about another, or selects for it.
-- mend: add the link under links:
SELECT events.event_id AS record_id, events.row_no, 'event_id' AS column_name, 'no link' AS found, 'a link to another event of the item' AS expected
FROM events JOIN (SELECT article_id, count(*) AS events FROM events GROUP BY article_id) AS counted USING (article_id)
WHERE counted.events > 1 AND event_id NOT IN (SELECT event_id FROM event_links) AND event_id NOT IN (SELECT other_event_id FROM event_links)
