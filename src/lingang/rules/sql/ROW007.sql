-- id: ROW007
-- table: *
-- level: requirement
-- set: core
-- title: not exactly the columns that go together
-- why: A participation is of one participant, a quotation of one speaker, a byline of one name; a span has both its ends.
-- mend: fill the column of the kind and no other; give both ends of the span, or neither
SELECT 'participations' AS table_name, participation_id AS record_id, row_no, 'participant_kind' AS column_name, participant_kind AS found,
  'the column of that kind filled, the three others empty' AS expected
FROM participations
WHERE (participant_kind = 'person') <> (person_id IS NOT NULL) OR (participant_kind = 'organization') <> (organization_id IS NOT NULL)
  OR (participant_kind = 'place') <> (place_id IS NOT NULL) OR (participant_kind = 'group') <> (group_label IS NOT NULL)
UNION ALL
SELECT 'participations', participation_id, row_no, 'award', role || ' with ' || award, 'an award only for an awardee'
FROM participations WHERE award IS NOT NULL AND role <> 'awardee'
UNION ALL
SELECT 'quotations', quotation_id, row_no, 'speaker_kind', speaker_kind, 'the column of that kind filled, the others empty'
FROM quotations
WHERE (speaker_kind = 'person') <> (person_id IS NOT NULL) OR (speaker_kind = 'organization') <> (organization_id IS NOT NULL)
  OR (speaker_kind = 'group') <> (group_label IS NOT NULL)
UNION ALL
SELECT 'bylines', byline_id, row_no, 'person_id', coalesce(person_id, 'nobody') || ' and ' || coalesce(organization_id, 'no body'), 'a person or a body'
FROM bylines WHERE (person_id IS NULL) = (organization_id IS NULL)
UNION ALL
SELECT 'issues', issue_id, row_no, 'raw_end', coalesce(CAST(raw_start AS STRING), 'null') || '-' || coalesce(CAST(raw_end AS STRING), 'null'),
  'both, or neither'
FROM issues WHERE (raw_start IS NULL) <> (raw_end IS NULL) OR raw_end <= raw_start
UNION ALL
SELECT 'accepted', accepted_id, row_no, 'record_id', coalesce(record_id, 'no record'), 'a span of an item, or a record'
FROM accepted WHERE (raw_start IS NULL) <> (raw_end IS NULL) OR (raw_start IS NULL) = (record_id IS NULL)
  OR (raw_start IS NOT NULL AND source_id IS NULL) OR (record_id IS NULL) <> (table_name IS NULL)
UNION ALL
SELECT 'labels', label_id, row_no, 'value', coalesce(value, 'no value'), 'a printed value, or a cell of a record'
FROM labels WHERE (value IS NULL) = (record_id IS NULL) OR (record_id IS NULL) <> (table_name IS NULL) OR (record_id IS NULL) <> (column_name IS NULL)
UNION ALL
SELECT 'people', person_id, row_no, 'family_name', coalesce(family_name, '') || ' + ' || coalesce(given_name, ''), name
FROM people WHERE (family_name IS NULL) <> (given_name IS NULL) OR family_name || given_name <> name
