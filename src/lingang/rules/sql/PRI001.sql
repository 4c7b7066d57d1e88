-- id: PRI001
-- table: people
-- level: advice
-- set: full
-- title: a private person with a remark of the editors
-- why: Private persons are kept to the minimum: what the page says of them, and no remark, unless it tells two of one name apart.
-- mend: take the note out
SELECT person_id AS record_id, row_no, 'note' AS column_name, 'a note' AS found, 'name, role and words only' AS expected
FROM people WHERE public_role = 'private' AND note IS NOT NULL
  AND name IN (SELECT name FROM people GROUP BY name HAVING count(*) = 1)
