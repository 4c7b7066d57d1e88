-- id: TXT026
-- table: segments
-- severity: error
-- set: full
-- title: an oddity that the layout shows and no issue records
-- why: Text far from its item is misplaced, a credit shows that a photo is missing, and of two headline lines nothing shows the larger.
-- mend: add the issue of the kind that is expected, and let it observe the segment
WITH ordered AS (
  SELECT segments.segment_id, segments.row_no, segments.article_id, role, raw_start, raw_end, line_start, subheadline,
    lag(segments.article_id) OVER (PARTITION BY source_id ORDER BY raw_start) AS before,
    min(raw_start) OVER (PARTITION BY segments.article_id) AS first_start
  FROM segments JOIN articles USING (article_id)
), odd AS (
  SELECT *, CASE WHEN before <> article_id AND raw_start > first_start THEN 'misplaced_block' WHEN role = 'credit' THEN 'missing_block'
    WHEN role = 'headline' AND subheadline IS NOT NULL THEN 'ambiguity' END AS kind
  FROM ordered
)
SELECT segment_id AS record_id, odd.row_no, 'role' AS column_name, role || ' on line ' || CAST(line_start AS STRING) AS found,
  'an issue ' || odd.kind || ' that observes it' AS expected
FROM odd LEFT JOIN issues ON issues.article_id = odd.article_id AND issues.kind = odd.kind
  AND issues.raw_start = odd.raw_start AND issues.raw_end = odd.raw_end
WHERE odd.kind IS NOT NULL AND issue_id IS NULL
