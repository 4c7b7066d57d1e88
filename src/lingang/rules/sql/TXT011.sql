-- id: TXT011
-- table: segments
-- level: requirement
-- set: full
-- title: a segment differs from the page
-- why: Nothing is retyped: a segment is cut from the page by position.
-- mend: take the tables as lingang build makes them, without changes by hand
SELECT segment_id AS record_id, segments.row_no, 'text' AS column_name, segments.text AS found,
  squeeze(substring(sources.text, raw_start + 1, raw_end - raw_start)) AS expected
FROM segments JOIN sources USING (source_id)
WHERE raw_start < 0 OR raw_end <= raw_start OR raw_end > length(sources.text)
  OR squeeze(segments.text) <> squeeze(substring(sources.text, raw_start + 1, raw_end - raw_start))
