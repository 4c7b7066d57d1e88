-- id: NUM003
-- table: figures
-- level: advice
-- set: full
-- title: a stated count differs from what is listed, and no issue says so
-- why: Where the page counts and lists the same thing, the two agree or the difference is on record; a list that ends in 等 has more than it names.
-- mend: list all that the page names, or record the difference under issues
WITH listed AS (
  SELECT event_id, award, count(*) AS listed, max(CASE WHEN list_open THEN 1 ELSE 0 END) AS goes_on FROM participations WHERE role = 'awardee' AND person_id IS NOT NULL AND award IS NOT NULL
  GROUP BY event_id, award
)
SELECT figure_id AS record_id, figures.row_no, 'value' AS column_name, CAST(value AS STRING) AS found,
  CAST(listed AS STRING) || CASE WHEN goes_on = 1 THEN ' and others' ELSE '' END || ' are listed' AS expected
FROM figures JOIN listed ON listed.event_id = figures.event_id AND listed.award = figures.label
JOIN evidence ON table_name = 'figures' AND record_id = figure_id AND column_name = 'value'
LEFT JOIN issues ON issues.article_id = figures.article_id AND issues.kind = 'inconsistency'
  AND issues.raw_start < evidence.raw_end AND evidence.raw_start < issues.raw_end
WHERE figures.kind = 'count' AND ((goes_on = 0 AND listed <> value) OR (goes_on = 1 AND listed >= value)) AND issue_id IS NULL
