-- id: PER010
-- table: mentions
-- level: advice
-- set: full
-- title: a named person whom no record of the item accounts for
-- why: Whoever is named took part, speaks, is quoted, holds a title or signs; a name without a record was overlooked.
-- mend: record what the item says of this person: a title, a participation, a quotation or a byline
WITH accounted AS (
  SELECT article_id, person_id FROM bylines
  UNION SELECT article_id, person_id FROM positions
  UNION SELECT article_id, person_id FROM quotations
  UNION SELECT events.article_id, person_id FROM participations JOIN events USING (event_id)
)
SELECT min_by(mention_id, mentions.row_no) AS record_id, min(mentions.row_no) AS row_no, 'entity_id' AS column_name,
  min_by(surface, mentions.row_no) AS found,
  'a byline, position, participation or quotation in ' || mentions.article_id AS expected
FROM mentions LEFT JOIN accounted ON accounted.article_id = mentions.article_id AND accounted.person_id = mentions.entity_id
WHERE entity_table = 'people' AND accounted.person_id IS NULL
GROUP BY mentions.article_id, entity_id
