-- id: PER006
-- table: people
-- severity: error
-- set: full
-- title: a public role that the page does not bear out
-- why: The role follows from titles and bylines: 总书记, a post or a list of leaders, 记者, 通讯员, or nothing of these.
-- mend: give the role that the titles and bylines of the page show
WITH shown AS (
  SELECT people.person_id, people.row_no, public_role, CASE
      WHEN max(CASE WHEN positions.title = '总书记' THEN 1 ELSE 0 END) = 1 THEN 'national_leader'
      WHEN count(positions.position_id) > 0 THEN 'official'
      WHEN max(CASE WHEN bylines.role IN ('reporter', 'photographer') THEN 1 ELSE 0 END) = 1 THEN 'reporter'
      WHEN count(bylines.byline_id) > 0 THEN 'correspondent' ELSE 'private' END AS role
  FROM people LEFT JOIN positions USING (person_id) LEFT JOIN bylines USING (person_id)
  GROUP BY people.person_id, people.row_no, public_role
)
SELECT person_id AS record_id, row_no, 'public_role' AS column_name, public_role AS found, role AS expected
FROM shown WHERE public_role <> role
