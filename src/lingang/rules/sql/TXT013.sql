-- id: TXT013
-- table: mentions
-- level: requirement
-- set: full
-- title: an offset into the reading text that does not lead to the same text
-- why: Positions in the reading text and in the page name the same characters.
-- mend: rebuild the tables from the authored files
SELECT mention_id AS record_id, mentions.row_no, 'text_start' AS column_name,
  substring(articles.text, text_start + 1, text_end - text_start) AS found, surface AS expected
FROM mentions JOIN articles USING (article_id)
WHERE text_start IS NOT NULL AND (text_end > length(articles.text)
  OR squeeze(substring(articles.text, text_start + 1, text_end - text_start)) <> surface)
