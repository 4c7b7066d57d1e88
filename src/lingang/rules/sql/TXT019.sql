-- id: TXT019
-- table: mentions
-- level: requirement
-- set: full
-- title: a name that a line break cuts, without its row of issues
-- why: A cut name is read as one word; that is on record wherever it happens.
-- mend: take the tables as lingang build makes them, without changes by hand
SELECT mention_id AS record_id, mentions.row_no, 'surface' AS column_name, surface AS found,
  'an issue line_break of ' || mentions.article_id || ' that holds it' AS expected
FROM mentions JOIN articles USING (article_id) JOIN sources USING (source_id)
LEFT JOIN issues ON issues.article_id = mentions.article_id AND issues.kind = 'line_break'
  AND issues.raw_start <= mentions.raw_start AND mentions.raw_end <= issues.raw_end
WHERE within_mention_id IS NULL AND issue_id IS NULL
  AND regexp_like(substring(sources.text, mentions.raw_start + 1, mentions.raw_end - mentions.raw_start), chr(10))
