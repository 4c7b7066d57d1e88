-- id: PAR001
-- table: participations
-- severity: error
-- set: full
-- title: not exactly one participant
-- why: A participation is of one person, organization, place or group.
-- mend: name one of the four
SELECT participation_id AS record_id, row_no, 'participant_kind' AS column_name, participant_kind AS found,
  'the column of that kind filled, the three others empty' AS expected
FROM participations
WHERE (participant_kind = 'person') <> (person_id IS NOT NULL) OR (participant_kind = 'organization') <> (organization_id IS NOT NULL)
  OR (participant_kind = 'place') <> (place_id IS NOT NULL) OR (participant_kind = 'group') <> (group_label IS NOT NULL)
