-- id: KEY007
-- table: mentions
-- level: requirement
-- set: full
-- title: a mention of a record that its registry does not have
-- why: A mention names a record of the registry given beside it.
-- mend: take the tables as lingang build makes them, without changes by hand
SELECT mention_id AS record_id, mentions.row_no, 'entity_id' AS column_name, entity_id AS found,
  'a key of ' || entity_table AS expected
FROM mentions LEFT JOIN entities USING (entity_table, entity_id)
WHERE entities.name IS NULL
