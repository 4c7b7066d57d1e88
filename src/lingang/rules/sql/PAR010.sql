-- id: PAR010
-- table: participations
-- severity: error
-- set: full
-- title: a group or delegate of a body that does not stand for it
-- why: A group whose label begins with the name of a body, and whoever 代表 joins to a body, stands for that body.
-- mend: add for: with the body that the label begins with, or that stands after 代表
SELECT participation_id AS record_id, participations.row_no, 'for_organization_id' AS column_name,
  group_label || ' for ' || coalesce(for_organization_id, 'no body') AS found, entity_id AS expected
FROM participations JOIN evidence ON table_name = 'participations' AND record_id = participation_id AND column_name = 'group_label'
JOIN mentions ON mentions.article_id = evidence.article_id AND mentions.raw_start = evidence.raw_start AND entity_table = 'organizations'
  AND within_mention_id IS NULL
WHERE for_organization_id IS DISTINCT FROM entity_id
UNION ALL
SELECT participation_id, participations.row_no, 'for_organization_id', quote || ' for ' || coalesce(for_organization_id, 'no body'), entity_id
FROM participations JOIN evidence ON table_name = 'participations' AND record_id = participation_id AND column_name = 'role'
JOIN mentions ON mentions.article_id = evidence.article_id AND mentions.raw_start >= evidence.raw_start
  AND mentions.raw_end <= evidence.raw_end AND entity_table = 'organizations' AND within_mention_id IS NULL
WHERE group_label IS NULL AND position('代表' || surface IN quote) > 0 AND for_organization_id IS DISTINCT FROM entity_id
  AND organization_id IS NULL
