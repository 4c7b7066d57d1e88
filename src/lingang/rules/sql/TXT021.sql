-- id: TXT021
-- table: *
-- level: requirement
-- set: full
-- title: a number or a link that does not follow from the positions
-- why: Order, paragraph, segment and the longer name are told by where a text stands; whoever sorts or joins by them relies on it.
-- mend: build the tables again from the authored files
WITH ordered AS (
  SELECT segment_id, row_number() OVER (PARTITION BY source_id, article_id ORDER BY raw_start) AS number FROM segments
), begun AS (
  SELECT article_id, min(source_id) AS source_id, min(raw_start) AS raw_start FROM segments WHERE article_id IS NOT NULL GROUP BY article_id
), items AS (
  SELECT article_id, row_number() OVER (PARTITION BY source_id ORDER BY raw_start) AS number FROM begun
), paragraphs AS (
  SELECT segment_id, 1 + length(substring(articles.text, 1, text_start)) - length(replace(substring(articles.text, 1, text_start), chr(10), '')) AS number
  FROM segments JOIN articles USING (article_id) WHERE text_start IS NOT NULL
), standing AS (
  SELECT mention_id, segments.segment_id, segments.text_start FROM mentions JOIN segments ON segments.article_id = mentions.article_id
    AND segments.raw_start <= mentions.raw_start AND mentions.raw_start < segments.raw_end
    AND (segments.text_start IS NULL) = (segments.text_end IS NULL)
), longer AS (
  SELECT short.mention_id, other.mention_id AS within,
    row_number() OVER (PARTITION BY short.mention_id ORDER BY other.raw_end, other.mention_id) AS number
  FROM mentions AS short JOIN mentions AS other ON other.article_id = short.article_id
    AND other.raw_start = short.raw_start AND other.raw_end > short.raw_end
), next AS (
  SELECT mention_id, within FROM longer WHERE number = 1
), signed AS (
  SELECT byline_id, row_number() OVER (PARTITION BY bylines.article_id ORDER BY min(evidence.raw_start), min(seq)) AS number
  FROM bylines JOIN evidence ON table_name = 'bylines' AND record_id = byline_id AND column_name IN ('person_id', 'organization_id')
  GROUP BY bylines.article_id, byline_id
), listed AS (
  SELECT word_id, row_number() OVER (PARTITION BY vocabulary ORDER BY words.position, word_id) AS number FROM words
)
SELECT 'segments' AS table_name, segment_id AS record_id, row_no, 'seq' AS column_name, coalesce(CAST(seq AS STRING), 'null') AS found, CAST(number AS STRING) AS expected
FROM segments JOIN ordered USING (segment_id) WHERE seq <> number
UNION ALL
SELECT 'articles', article_id, row_no, 'seq', coalesce(CAST(seq AS STRING), 'null'), CAST(number AS STRING) FROM articles JOIN items USING (article_id) WHERE seq <> number
UNION ALL
SELECT 'bylines', byline_id, row_no, 'seq', coalesce(CAST(seq AS STRING), 'null'), CAST(number AS STRING) FROM bylines JOIN signed USING (byline_id) WHERE seq <> number
UNION ALL
SELECT 'words', word_id, row_no, 'position', coalesce(CAST(words.position AS STRING), 'null'), CAST(number AS STRING)
FROM words JOIN listed USING (word_id) WHERE words.position <> number
UNION ALL
SELECT 'segments', segment_id, row_no, 'paragraph', coalesce(CAST(paragraph AS STRING), 'null'), coalesce(CAST(number AS STRING), 'null')
FROM segments LEFT JOIN paragraphs USING (segment_id) WHERE article_id IS NOT NULL AND paragraph IS DISTINCT FROM number
  AND (text_start IS NULL) = (text_end IS NULL)
UNION ALL
SELECT 'mentions', mention_id, row_no, 'segment_id', coalesce(mentions.segment_id, 'null'), coalesce(standing.segment_id, 'null')
FROM mentions JOIN standing USING (mention_id) WHERE mentions.segment_id <> standing.segment_id
UNION ALL
SELECT 'mentions', mention_id, row_no, 'text_start', coalesce(CAST(mentions.text_start AS STRING), 'null'), 'a place in the reading text, where the segment has one'
FROM mentions JOIN standing USING (mention_id) WHERE (mentions.text_start IS NULL) <> (standing.text_start IS NULL) OR (mentions.text_start IS NULL) <> (text_end IS NULL)
UNION ALL
SELECT 'mentions', mention_id, row_no, 'within_mention_id', coalesce(within_mention_id, 'null'), coalesce(within, 'null')
FROM mentions LEFT JOIN next USING (mention_id) WHERE within_mention_id IS DISTINCT FROM within
