-- id: PAR007
-- table: mentions
-- level: advice
-- set: full
-- title: a name in a printed list without its row
-- why: Every name of a printed list took part in the same role.
-- mend: write the whole list
SELECT mention_id AS record_id, mentions.row_no, 'entity_id' AS column_name, surface AS found,
  'a participation in ' || lists.event_id || ' as ' || lists.role AS expected
FROM mentions JOIN (
  SELECT DISTINCT event_id, role, article_id, raw_start, raw_end FROM participations
  JOIN evidence ON table_name = 'participations' AND record_id = participation_id AND column_name = 'list_open'
) AS lists ON lists.article_id = mentions.article_id AND mentions.raw_start >= lists.raw_start AND mentions.raw_end <= lists.raw_end
LEFT JOIN participations ON participations.event_id = lists.event_id AND participations.role = lists.role
  AND coalesce(person_id, organization_id, place_id) = mentions.entity_id
LEFT JOIN evidence AS titles ON titles.table_name = 'positions' AND titles.column_name = 'title_raw'
  AND titles.article_id = mentions.article_id AND titles.raw_start <= mentions.raw_start AND mentions.raw_end <= titles.raw_end
WHERE within_mention_id IS NULL AND participation_id IS NULL AND titles.evidence_id IS NULL
