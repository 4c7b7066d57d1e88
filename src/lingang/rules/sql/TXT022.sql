-- id: TXT022
-- table: issues
-- severity: error
-- set: full
-- title: a kind of oddity that its reading or its place does not bear out
-- why: A misprint has a reading that stands nowhere on the page, an inconsistency one that does; other kinds have none; what an item lacks shows at its credit or caption.
-- mend: choose the kind, or give or take out the reading
SELECT issue_id AS record_id, issues.row_no, 'kind' AS column_name, issues.kind || ' with reading ' || coalesce(reading, 'none') AS found,
  CASE issues.kind WHEN 'misprint' THEN 'a reading that the page does not print' WHEN 'inconsistency' THEN 'no reading, or one that the page prints'
    WHEN 'missing_block' THEN 'no reading, and a credit or a caption' WHEN 'misplaced_block' THEN 'no reading, and a whole segment' ELSE 'no reading' END AS expected
FROM issues JOIN sources USING (source_id)
LEFT JOIN segments ON segments.article_id = issues.article_id AND segments.raw_start = issues.raw_start AND segments.raw_end = issues.raw_end
WHERE (issues.kind = 'misprint' AND (reading IS NULL OR position(squeeze(reading) IN squeeze(sources.text)) > 0))
  OR (issues.kind = 'inconsistency' AND reading IS NOT NULL AND position(squeeze(reading) IN squeeze(sources.text)) = 0)
  OR (issues.kind NOT IN ('misprint', 'inconsistency') AND reading IS NOT NULL)
  OR (issues.kind = 'missing_block' AND issues.raw_start IS NOT NULL AND coalesce(segments.role NOT IN ('credit', 'caption'), TRUE))
  OR (issues.kind = 'misplaced_block' AND segments.segment_id IS NULL)
