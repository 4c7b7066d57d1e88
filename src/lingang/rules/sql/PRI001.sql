-- id: PRI001
-- table: people
-- level: advice
-- set: full
-- title: a private person with more than name, role and award
-- why: Private persons are kept to the minimum: no title, no speech, no remark.
-- mend: take the title, the quotation or the note out, or correct the public role
SELECT people.person_id AS record_id, people.row_no, 'public_role' AS column_name,
  CASE WHEN note IS NOT NULL THEN 'a note' WHEN position_id IS NOT NULL THEN 'a title' ELSE 'a quotation' END AS found,
  'name, role and award only' AS expected
FROM people LEFT JOIN positions USING (person_id) LEFT JOIN quotations USING (person_id)
WHERE public_role = 'private' AND (note IS NOT NULL OR position_id IS NOT NULL OR quotation_id IS NOT NULL)
