-- id: PER001
-- table: people
-- severity: error
-- set: full
-- title: family name and given name do not make the name
-- why: The parts of a name are the name.
-- mend: mend the name; its parts follow from it
SELECT person_id AS record_id, row_no, 'name' AS column_name, family_name || ' + ' || given_name AS found, name AS expected
FROM people WHERE family_name || given_name <> name
