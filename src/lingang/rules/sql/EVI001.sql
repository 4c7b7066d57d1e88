-- id: EVI001
-- table: evidence
-- level: requirement
-- set: core
-- title: a quote differs from the page at its position
-- why: Evidence is the text of the page, not a memory of it.
-- mend: take the tables as lingang build makes them, without changes by hand
WITH placed AS (
  SELECT evidence_id, evidence.row_no, evidence.source_id, raw_start, raw_end, quote,
    substring(page_parts.text, (raw_start & 127) + 1, raw_end - raw_start) AS printed
  FROM evidence LEFT JOIN page_parts ON page_parts.source_id = evidence.source_id AND page_parts.part_no = shiftright(raw_start, 7)
), suspects AS (
  SELECT evidence_id, row_no, source_id, raw_start, raw_end, quote FROM placed
  WHERE printed IS NULL OR length(printed) <> raw_end - raw_start
    OR (printed <> quote AND replace(replace(printed, chr(10), ''), ' ', '') <> quote AND squeeze(printed) <> quote)
)
SELECT evidence_id AS record_id, suspects.row_no, 'quote' AS column_name, quote AS found,
  squeeze(substring(text, raw_start + 1, raw_end - raw_start)) AS expected
FROM suspects JOIN sources USING (source_id)
WHERE raw_start < 0 OR raw_end <= raw_start OR raw_end > length(text)
  OR squeeze(substring(text, raw_start + 1, raw_end - raw_start)) <> quote
