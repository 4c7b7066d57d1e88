-- id: TXT023
-- table: segments
-- severity: error
-- set: full
-- title: a paragraph that goes on after its end
-- why: A line that ends a sentence before a blank line, or well short of the column, ends its paragraph.
-- mend: begin a paragraph on the line after it
SELECT segment_id AS record_id, segments.row_no, 'raw_end' AS column_name,
  regexp_extract(substring(sources.text, raw_start + 1, raw_end - raw_start), '([^\n]*[。！？]”? *)\n[ ]*\n', 1) AS found,
  'no blank line after the end of a sentence' AS expected
FROM segments JOIN articles USING (article_id) JOIN sources USING (source_id)
WHERE role = 'body' AND regexp_like(substring(sources.text, raw_start + 1, raw_end - raw_start), '[。！？]”? *\n *\n')
