-- id: TXT010
-- table: segments
-- severity: error
-- set: full
-- title: a paragraph that does not end a sentence
-- why: A paragraph cut at the wrong line ends in the middle of a sentence.
-- mend: move the first line of the next paragraph, or the end of the range
SELECT segment_id AS record_id, segments.row_no, 'raw_end' AS column_name,
  substring(segments.text, length(segments.text) - 5, 6) AS found, 'an end in 。！？ or a closing ”' AS expected
FROM segments JOIN articles USING (article_id)
WHERE (role = 'body' OR (role = 'caption' AND kind = 'photo_news'))
  AND NOT regexp_like(segments.text, '[。！？]”?\z')
