-- id: EVT015
-- table: sources
-- severity: error
-- set: full
-- title: the day before which the page cannot have been published is wrong
-- why: It is the last day of the latest event that the page reports as held.
-- mend: rebuild the tables from the authored files
SELECT source_id AS record_id, sources.row_no, 'published_not_before' AS column_name,
  coalesce(CAST(published_not_before AS STRING), 'null') AS found, coalesce(CAST(latest AS STRING), 'null') AS expected
FROM sources LEFT JOIN (
  SELECT source_id, max(date_end) AS latest FROM events JOIN articles USING (article_id) WHERE status IN ('occurred', 'ongoing') GROUP BY source_id
) AS dated USING (source_id)
WHERE published_not_before IS DISTINCT FROM latest
