-- id: TXT013
-- table: mentions
-- level: requirement
-- set: full
-- title: an offset into the reading text that does not lead to the same text
-- why: Positions in the reading text and in the page name the same characters.
-- mend: take the tables as lingang build makes them, without changes by hand
SELECT 'mentions' AS table_name, mention_id AS record_id, mentions.row_no, 'text_start' AS column_name,
  substring(articles.text, text_start + 1, text_end - text_start) AS found, surface AS expected
FROM mentions JOIN articles USING (article_id)
WHERE text_start IS NOT NULL AND (text_end > length(articles.text)
  OR squeeze(substring(articles.text, text_start + 1, text_end - text_start)) <> surface)
UNION ALL
SELECT 'segments', segment_id, segments.row_no, 'text_start',
  coalesce(substring(articles.text, text_start + 1, text_end - text_start), 'null'), segments.text
FROM segments JOIN articles USING (article_id)
WHERE (text_start IS NULL) <> (text_end IS NULL) OR (segments.role = 'body' AND text_start IS NULL)
  OR squeeze(substring(articles.text, text_start + 1, text_end - text_start)) <> squeeze(segments.text)
