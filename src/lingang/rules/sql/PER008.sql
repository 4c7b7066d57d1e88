-- id: PER008
-- table: people
-- severity: error
-- set: full
-- title: an id that is not the slug of the Latin name
-- why: The ids of people are built from their Latin names; a homonym adds a number.
-- mend: write the id as the Latin name in lower case with a hyphen
SELECT person_id AS record_id, row_no, 'person_id' AS column_name, person_id AS found,
  replace(lower(replace(name_latin, 'ü', 'v')), ' ', '-') AS expected
FROM people WHERE NOT regexp_like(person_id, '^' || replace(lower(replace(name_latin, 'ü', 'v')), ' ', '-') || '(-[1-9][0-9]*)?\z')
