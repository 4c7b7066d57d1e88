-- id: TXT019
-- table: mentions
-- severity: error
-- set: full
-- title: a name cut by a line that no issue speaks of
-- why: A person's name cut by a line break, and any name cut by a blank line, is on record as joined.
-- mend: add an issue of kind line_break that observes the name
SELECT mention_id AS record_id, mentions.row_no, 'surface' AS column_name, surface AS found,
  'an issue line_break of ' || mentions.article_id || ' that holds it' AS expected
FROM mentions JOIN articles USING (article_id) JOIN sources USING (source_id)
LEFT JOIN issues ON issues.article_id = mentions.article_id AND issues.kind = 'line_break'
  AND issues.raw_start <= mentions.raw_start AND mentions.raw_end <= issues.raw_end
WHERE within_mention_id IS NULL AND issue_id IS NULL
  AND regexp_like(substring(sources.text, mentions.raw_start + 1, mentions.raw_end - mentions.raw_start),
    CASE entity_table WHEN 'people' THEN chr(10) ELSE chr(10) || ' *' || chr(10) END)
