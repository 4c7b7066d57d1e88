-- id: PER022
-- table: positions
-- severity: error
-- set: full
-- title: a post that a body of this kind does not have
-- why: A 书记 or 委员 is of a party or discipline body, a 局长 of a government body, a 校长 of a school; a 主任 is of none of the party.
-- mend: register the body that the title begins with, under its whole printed form
SELECT position_id AS record_id, positions.row_no, 'organization_id' AS column_name, title || ' of ' || name || ', ' || organizations.kind AS found,
  CASE WHEN endswith(title, '书记') OR endswith(title, '委员') THEN 'a party or discipline body' WHEN endswith(title, '局长') THEN 'a government body'
    WHEN endswith(title, '校长') THEN 'a school' ELSE 'a body of another kind' END AS expected
FROM positions JOIN organizations USING (organization_id)
WHERE (title IN ('书记', '副书记', '委员') AND organizations.kind NOT IN ('party_body', 'discipline_body', 'other'))
  OR (title IN ('局长', '副局长') AND organizations.kind NOT IN ('government_body', 'other'))
  OR (title IN ('校长', '副校长') AND organizations.kind NOT IN ('school', 'other'))
  OR (title IN ('主任', '副主任') AND organizations.kind IN ('party_body', 'school', 'troupe'))
