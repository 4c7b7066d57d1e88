-- id: EVI019
-- table: participations
-- level: requirement
-- set: full
-- title: the numbers of a list do not follow the print
-- why: The place in a list is its place in print, without a gap.
-- mend: write the names in the order in which they are printed
WITH listed AS (
  SELECT participation_id, participations.row_no, list_seq, row_number() OVER (
      PARTITION BY event_id, role, runs.raw_start ORDER BY names.raw_start) AS printed
  FROM participations
  JOIN evidence AS runs ON runs.table_name = 'participations' AND runs.record_id = participation_id AND runs.column_name = 'list_open'
  JOIN evidence AS names ON names.table_name = 'participations' AND names.record_id = participation_id
    AND names.column_name IN ('person_id', 'organization_id', 'place_id')
)
SELECT participation_id AS record_id, row_no, 'list_seq' AS column_name, CAST(list_seq AS STRING) AS found, CAST(printed AS STRING) AS expected
FROM listed WHERE list_seq <> printed
UNION ALL
SELECT participation_id, row_no, 'list_seq', coalesce(CAST(list_seq AS STRING), 'null') || ' with list_open ' || coalesce(CAST(list_open AS STRING), 'null'), 'both or neither'
FROM participations WHERE (list_seq IS NULL) <> (list_open IS NULL)
