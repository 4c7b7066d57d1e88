-- id: KEY010
-- table: *
-- level: requirement
-- set: full
-- title: an alias that repeats the name
-- why: Aliases are the other printed forms, each once.
-- mend: take the alias out, or give the record its longest form as name
SELECT entity_table AS table_name, entity_id AS record_id, row_no, 'aliases' AS column_name, name AS found, 'another form than the name' AS expected
FROM entities WHERE array_contains(aliases, name)
