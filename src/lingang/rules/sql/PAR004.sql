-- id: PAR004
-- table: participations
-- severity: error
-- set: full
-- title: more than one chair
-- why: A meeting has at most one chair.
-- mend: keep the one after whose name 主持 stands
SELECT participation_id AS record_id, row_no, 'role' AS column_name, 'chair number ' || number AS found, 'one chair' AS expected
FROM (
  SELECT participation_id, row_no, row_number() OVER (PARTITION BY event_id ORDER BY participation_id) AS number
  FROM participations WHERE role = 'chair'
) AS chairs WHERE number > 1
