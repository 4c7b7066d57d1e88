-- id: EVI013
-- table: *
-- level: requirement
-- set: full
-- title: a registered form that no item prints
-- why: Names and aliases are printed forms, alone or in a longer one of the same record; mentions are their evidence. The text of the page itself (masthead, folio, its own credits) is not searched for names.
-- mend: write the form as an item prints it, or take it out of the registry; a line that names somebody can be the credit of an item
SELECT forms.entity_table AS table_name, forms.entity_id AS record_id, forms.row_no, forms.column_name, forms.form AS found,
  'a mention of it in an item' AS expected
FROM (
  SELECT entity_table, entity_id, row_no, 'name' AS column_name, name AS form FROM entities
  UNION ALL SELECT entity_table, entity_id, row_no, 'aliases', explode(aliases) FROM entities
) AS forms
LEFT JOIN mentions ON mentions.entity_table = forms.entity_table AND mentions.entity_id = forms.entity_id
  AND instr(mentions.surface, squeeze(forms.form)) > 0
WHERE mention_id IS NULL
