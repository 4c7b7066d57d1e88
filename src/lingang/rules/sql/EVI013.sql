-- id: EVI013
-- table: *
-- level: requirement
-- set: full
-- title: a registered form that the page does not print
-- why: Names and aliases are printed forms, alone or in a longer one of the same record; mentions are their evidence.
-- mend: write the form as the page prints it, or take it out of the registry
SELECT forms.entity_table AS table_name, forms.entity_id AS record_id, forms.row_no, forms.column_name, forms.form AS found,
  'a mention of it on the page' AS expected
FROM (
  SELECT entity_table, entity_id, row_no, 'name' AS column_name, name AS form FROM entities
  UNION ALL SELECT entity_table, entity_id, row_no, 'aliases', explode(aliases) FROM entities
) AS forms
LEFT JOIN mentions ON mentions.entity_table = forms.entity_table AND mentions.entity_id = forms.entity_id
  AND instr(mentions.surface, squeeze(forms.form)) > 0
WHERE mention_id IS NULL
