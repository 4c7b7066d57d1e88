-- id: EVI015
-- table: evidence
-- level: requirement
-- set: full
-- title: evidence that lies outside its item
-- why: A quote is matched inside its own item; only the year may come from another.
-- mend: take the tables as lingang build makes them, without changes by hand
SELECT evidence_id AS record_id, evidence.row_no, 'article_id' AS column_name, quote AS found,
  'a span inside a segment of ' || coalesce(evidence.article_id, 'the item') AS expected
FROM evidence LEFT JOIN segments ON segments.article_id = evidence.article_id
  AND segments.raw_start <= evidence.raw_start AND evidence.raw_end <= segments.raw_end
WHERE evidence.article_id IS NOT NULL AND segment_id IS NULL
