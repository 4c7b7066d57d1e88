-- id: PAR010
-- table: participations
-- severity: error
-- set: full
-- title: a group of a body that does not stand for it
-- why: A group whose label begins with the name of a body stands for that body.
-- mend: add for: with the body that the label begins with
SELECT participation_id AS record_id, participations.row_no, 'for_organization_id' AS column_name,
  group_label || ' for ' || coalesce(for_organization_id, 'no body') AS found, entity_id AS expected
FROM participations JOIN evidence ON table_name = 'participations' AND record_id = participation_id AND column_name = 'group_label'
JOIN mentions ON mentions.article_id = evidence.article_id AND mentions.raw_start = evidence.raw_start AND entity_table = 'organizations'
  AND within_mention_id IS NULL
WHERE for_organization_id IS DISTINCT FROM entity_id
