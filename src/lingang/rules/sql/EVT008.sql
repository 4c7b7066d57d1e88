-- id: EVT008
-- table: event_links
-- severity: error
-- set: full
-- title: a link whose ends do not fit
-- why: An event is part of, precedes or selects for another of the same item; it discusses one that is only background.
-- mend: correct the relation or the event at the other end
SELECT event_link_id AS record_id, event_links.row_no, 'other_event_id' AS column_name,
  a.kind || ' ' || relation || ' ' || b.kind || ' (' || b.status || ')' AS found,
  CASE relation WHEN 'discusses' THEN 'a meeting discusses a background event'
    WHEN 'selects_for' THEN 'a contest or selection selects for an event of its item'
    ELSE 'two events of one item, not background' END AS expected
FROM event_links JOIN events AS a USING (event_id) JOIN events AS b ON b.event_id = other_event_id
WHERE event_links.event_id = other_event_id OR a.article_id <> b.article_id
  OR (relation = 'discusses') <> (b.status = 'background') OR (relation = 'discusses' AND a.kind <> 'meeting')
  OR (relation = 'selects_for' AND a.kind NOT IN ('contest', 'selection'))
  OR (relation = 'selects_for' AND b.kind NOT IN ('contest', 'performance'))
  OR (relation = 'precedes' AND a.date_start > b.date_end)
