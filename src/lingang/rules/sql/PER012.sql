-- id: PER012
-- table: positions
-- severity: error
-- set: full
-- title: a title that does not fit its body
-- why: The body of a post is the one that its printed title begins with, or for which 区 stands.
-- mend: write the title as printed, and register the body under the form that the title begins with
SELECT position_id AS record_id, positions.row_no, 'organization_id' AS column_name,
  title_raw || ' = ' || coalesce(positions.organization_id, 'no body') || ' + ' || title AS found, 'the body, then the title' AS expected
FROM positions LEFT JOIN organizations USING (organization_id)
WHERE NOT endswith(title_raw, title)
  OR (positions.organization_id IS NULL AND (title <> title_raw OR positions.kind = 'collective'))
  OR (positions.organization_id IS NOT NULL
    AND name <> substring(title_raw, 1, length(title_raw) - length(title))
    AND NOT array_contains(aliases, substring(title_raw, 1, length(title_raw) - length(title)))
    AND NOT endswith(name, substring(title_raw, 1, length(title_raw) - length(title))))
