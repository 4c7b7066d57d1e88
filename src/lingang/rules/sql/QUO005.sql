-- id: QUO005
-- table: quotations
-- severity: error
-- set: full
-- title: a speaker that does not fit
-- why: A meeting speaks under 会议指出, 会议强调, 会议要求, and then no person does; each quotation has the one speaker of its kind.
-- mend: give the speaker that stands before the cue; with 会议 the event speaks
SELECT quotation_id AS record_id, row_no, 'speaker_kind' AS column_name, cue || ' by ' || speaker_kind AS found,
  CASE WHEN startswith(cue, '会议') THEN 'the event' ELSE 'a person, an organization or a group' END AS expected
FROM quotations
WHERE (speaker_kind = 'event') <> startswith(cue, '会议') OR (speaker_kind = 'event' AND event_id IS NULL)
  OR (speaker_kind = 'person') <> (person_id IS NOT NULL) OR (speaker_kind = 'organization') <> (organization_id IS NOT NULL)
  OR (speaker_kind = 'group') <> (group_label IS NOT NULL)
