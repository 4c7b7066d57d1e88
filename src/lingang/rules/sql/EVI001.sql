-- id: EVI001
-- table: evidence
-- severity: error
-- set: core
-- title: a quote differs from the page at its position
-- why: Evidence is the text of the page, not a memory of it.
-- mend: rebuild the tables from the authored files
WITH placed AS (
  SELECT evidence.row_no, quote, substring(page_parts.text, (raw_start & 255) + 1, raw_end - raw_start) AS printed
  FROM evidence JOIN page_parts ON page_parts.source_id = evidence.source_id AND page_parts.part_no = shiftright(raw_start, 8)
), suspects AS (
  SELECT row_no FROM placed
  WHERE printed <> quote AND replace(replace(printed, chr(10), ''), ' ', '') <> quote AND squeeze(printed) <> quote
  UNION
  SELECT evidence.row_no FROM evidence JOIN (SELECT source_id, length(text) AS char_count FROM sources) AS pages USING (source_id)
  WHERE raw_end - raw_start > 256 OR raw_start < 0 OR raw_end <= raw_start OR raw_end > char_count
)
SELECT evidence_id AS record_id, evidence.row_no, 'quote' AS column_name, quote AS found,
  squeeze(substring(text, raw_start + 1, raw_end - raw_start)) AS expected
FROM evidence JOIN sources USING (source_id)
WHERE evidence.row_no IN (SELECT row_no FROM suspects) AND (raw_start < 0 OR raw_end <= raw_start OR raw_end > length(text)
  OR squeeze(substring(text, raw_start + 1, raw_end - raw_start)) <> quote)
