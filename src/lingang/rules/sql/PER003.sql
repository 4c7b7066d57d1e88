-- id: PER003
-- table: people
-- severity: error
-- set: full
-- title: two persons of one name without a note
-- why: Two records of one name need a reason why they are not one person.
-- mend: say in note: what tells them apart, or make them one record
SELECT people.person_id AS record_id, people.row_no, 'name' AS column_name, people.name AS found, 'a note on each' AS expected
FROM people JOIN people AS other ON other.name = people.name AND other.person_id <> people.person_id
WHERE people.note IS NULL
