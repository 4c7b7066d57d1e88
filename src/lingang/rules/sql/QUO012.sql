-- id: QUO012
-- table: quotations
-- severity: error
-- set: full
-- title: a quotation without the event at which its speaker was
-- why: Speech in an item belongs to the event at which the speaker takes part; a meeting that speaks was held.
-- mend: name the event; or leave it out where the speaker takes part in none
WITH present AS (
  SELECT DISTINCT events.article_id, events.event_id, person_id, group_label FROM participations JOIN events USING (event_id)
  WHERE status <> 'planned' AND status <> 'background'
), candidates AS (
  SELECT quotation_id, quotations.row_no, quotations.event_id, count(present.event_id) AS events,
    max(CASE WHEN present.event_id = quotations.event_id THEN 1 ELSE 0 END) AS named, min(present.event_id) AS expected
  FROM quotations LEFT JOIN present ON present.article_id = quotations.article_id AND (
    (speaker_kind = 'person' AND present.person_id = quotations.person_id) OR (speaker_kind = 'group' AND present.group_label = quotations.group_label))
  WHERE speaker_kind IN ('person', 'group')
  GROUP BY quotation_id, quotations.row_no, quotations.event_id
)
SELECT quotation_id AS record_id, row_no, 'event_id' AS column_name, coalesce(event_id, 'no event') AS found, coalesce(expected, 'no event') AS expected
FROM candidates WHERE (events = 0 AND event_id IS NOT NULL) OR (events > 0 AND named = 0)
UNION ALL
SELECT quotation_id, quotations.row_no, 'event_id', quotations.event_id || ' (' || events.status || ')', 'a meeting that was held'
FROM quotations JOIN events USING (event_id) WHERE speaker_kind = 'event' AND status <> 'occurred'
