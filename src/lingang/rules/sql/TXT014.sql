-- id: TXT014
-- table: sources
-- level: requirement
-- set: full
-- title: a count of the page or an item is wrong
-- why: Counts are derived; a wrong one shows that text was changed.
-- mend: take the tables as lingang build makes them, without changes by hand
SELECT 'sources' AS table_name, source_id AS record_id, row_no, 'char_count' AS column_name,
  CAST(char_count AS STRING) AS found, CAST(length(text) AS STRING) AS expected
FROM sources WHERE char_count <> length(text)
UNION ALL
SELECT 'sources', source_id, row_no, 'line_count', CAST(line_count AS STRING),
  CAST(length(text) - length(replace(text, chr(10), '')) + CASE WHEN endswith(text, chr(10)) THEN 0 ELSE 1 END AS STRING)
FROM sources
WHERE line_count <> length(text) - length(replace(text, chr(10), '')) + CASE WHEN endswith(text, chr(10)) THEN 0 ELSE 1 END
UNION ALL
SELECT 'articles', article_id, row_no, 'char_count', CAST(char_count AS STRING), CAST(length(text) AS STRING)
FROM articles WHERE char_count <> length(text)
UNION ALL
SELECT 'segments', segment_id, segments.row_no, 'line_start', CAST(line_start AS STRING) || '-' || CAST(line_end AS STRING),
  'the lines of the span'
FROM segments JOIN sources USING (source_id)
WHERE line_start <> 1 + length(substring(sources.text, 1, raw_start)) - length(replace(substring(sources.text, 1, raw_start), chr(10), ''))
  OR line_end <> 1 + length(substring(sources.text, 1, raw_end - 1)) - length(replace(substring(sources.text, 1, raw_end - 1), chr(10), ''))
