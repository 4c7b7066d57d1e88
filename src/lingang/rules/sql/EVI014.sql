-- id: EVI014
-- table: sources
-- severity: error
-- set: full
-- title: a year that its quotes do not print
-- why: The year of the page is printed where its evidence says.
-- mend: correct the year, or quote where it is printed
SELECT sources.source_id AS record_id, sources.row_no, 'year' AS column_name, CAST(year AS STRING) AS found, quote AS expected
FROM sources JOIN evidence ON table_name = 'sources' AND record_id = sources.source_id AND column_name = 'year'
WHERE NOT startswith(quote, CAST(year AS STRING)) OR regexp_like(substring(quote, length(CAST(year AS STRING)) + 1, 1), '[0-9]')
