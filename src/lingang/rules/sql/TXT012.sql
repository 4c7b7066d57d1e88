-- id: TXT012
-- table: articles
-- level: requirement
-- set: full
-- title: an item differs from its segments
-- why: Headline, byline and reading text are made of segments, never typed.
-- mend: take the tables as lingang build makes them, without changes by hand
WITH paragraphs AS (
  SELECT segments.article_id, segments.paragraph, min(segments.seq) AS seq,
    string_agg(segments.text, '' ORDER BY segments.seq) AS text
  FROM segments JOIN (
    SELECT article_id, sum(CASE role WHEN 'body' THEN 1 ELSE 0 END) AS bodies FROM segments WHERE article_id IS NOT NULL GROUP BY article_id
  ) AS counted USING (article_id)
  WHERE segments.role = CASE WHEN bodies = 0 THEN 'caption' ELSE 'body' END
  GROUP BY segments.article_id, segments.paragraph
), made AS (
  SELECT article_id, 'text' AS column_name, string_agg(text, chr(10) ORDER BY seq) AS value
  FROM paragraphs GROUP BY article_id
  UNION ALL
  SELECT article_id, role, text FROM (SELECT *, row_number() OVER (PARTITION BY article_id, role ORDER BY seq) AS number FROM segments) AS lines
  WHERE role IN ('headline', 'subheadline', 'kicker', 'byline') AND number = 1
), typed AS (
  SELECT article_id, row_no, 'text' AS column_name, text AS value FROM articles
  UNION ALL SELECT article_id, row_no, 'headline', headline FROM articles
  UNION ALL SELECT article_id, row_no, 'subheadline', subheadline FROM articles
  UNION ALL SELECT article_id, row_no, 'kicker', kicker FROM articles
  UNION ALL SELECT article_id, row_no, 'byline', byline FROM articles
)
SELECT article_id AS record_id, row_no, typed.column_name, coalesce(typed.value, 'nothing') AS found,
  coalesce(made.value, 'nothing') AS expected
FROM typed LEFT JOIN made USING (article_id, column_name)
WHERE typed.value IS DISTINCT FROM made.value
