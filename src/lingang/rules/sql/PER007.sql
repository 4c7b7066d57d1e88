-- id: PER007
-- table: people
-- severity: error
-- set: full
-- title: an identity that rests on another basis
-- why: The basis is the weakest link between the items in which a name stands.
-- mend: give the basis that the titles and bylines of the items show
WITH items AS (
  SELECT entity_id AS person_id, count(DISTINCT article_id) AS items FROM mentions WHERE entity_table = 'people' GROUP BY entity_id
), signed AS (
  SELECT person_id, count(DISTINCT article_id) AS items FROM bylines GROUP BY person_id
), posts AS (
  SELECT person_id, organization_id, title, count(DISTINCT article_id) AS items FROM positions
  WHERE kind <> 'collective' GROUP BY person_id, organization_id, title
), best AS (
  SELECT person_id, max(items) AS items FROM posts GROUP BY person_id
), shown AS (
  SELECT people.person_id, people.row_no, identity_basis, CASE
      WHEN items.items = 1 THEN 'single_item' WHEN signed.items = items.items THEN 'same_byline'
      WHEN best.items = items.items THEN 'same_name_same_post' ELSE 'same_name_same_body' END AS basis
  FROM people JOIN items USING (person_id) LEFT JOIN signed USING (person_id) LEFT JOIN best USING (person_id)
)
SELECT person_id AS record_id, row_no, 'identity_basis' AS column_name, identity_basis AS found, basis AS expected
FROM shown WHERE identity_basis <> basis
