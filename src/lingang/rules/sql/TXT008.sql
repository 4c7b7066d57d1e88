-- id: TXT008
-- table: segments
-- level: requirement
-- set: full
-- title: text of the page that no segment holds
-- why: A character outside every segment would be lost from the dataset unseen.
-- mend: widen the line range of the item that this text belongs to
WITH runs AS (
  SELECT segment_id, row_no, source_id, raw_start, raw_end,
    lag(raw_end, 1, 0) OVER (PARTITION BY source_id ORDER BY raw_start) AS before_end,
    lead(raw_start) OVER (PARTITION BY source_id ORDER BY raw_start) AS next_start
  FROM segments
), gaps AS (
  SELECT segment_id, row_no, source_id, before_end AS gap_start, raw_start AS gap_end FROM runs
  UNION ALL
  SELECT segment_id, runs.row_no, runs.source_id, raw_end, length(text)
  FROM runs JOIN sources USING (source_id) WHERE next_start IS NULL
)
SELECT segment_id AS record_id, gaps.row_no, 'raw_start' AS column_name,
  squeeze(substring(text, gap_start + 1, gap_end - gap_start)) AS found,
  'no text between this segment and its neighbour' AS expected
FROM gaps JOIN sources USING (source_id)
WHERE gap_end > gap_start AND squeeze(substring(text, gap_start + 1, gap_end - gap_start)) <> ''
