-- id: NUM003
-- table: figures
-- severity: error
-- set: full
-- title: a stated count differs from what is listed, and no issue says so
-- why: Where the page counts and lists the same thing, the two agree or the difference is on record.
-- mend: list all that the page names, or record the difference under issues
WITH listed AS (
  SELECT event_id, award, count(*) AS listed FROM participations WHERE role = 'awardee' AND person_id IS NOT NULL AND award IS NOT NULL
  GROUP BY event_id, award
)
SELECT figure_id AS record_id, figures.row_no, 'value' AS column_name, CAST(value AS STRING) AS found,
  CAST(listed AS STRING) || ' are listed' AS expected
FROM figures JOIN listed ON listed.event_id = figures.event_id AND listed.award = figures.label
JOIN evidence ON table_name = 'figures' AND record_id = figure_id AND column_name = 'value'
LEFT JOIN issues ON issues.article_id = figures.article_id AND issues.kind = 'inconsistency'
  AND issues.raw_start < evidence.raw_end AND evidence.raw_start < issues.raw_end
WHERE figures.kind = 'count' AND listed <> value AND issue_id IS NULL
