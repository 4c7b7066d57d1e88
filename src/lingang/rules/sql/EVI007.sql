-- id: EVI007
-- table: *
-- level: requirement
-- set: full
-- title: the quote does not hold the record that is pointed to
-- why: A key is proven by a mention of its record, or by a word that stands for it and the mention before.
-- mend: name the record that the quote names, or quote the words that name it
SELECT cells.table_name, cells.record_id, cells.row_no, cells.column_name, cells.value AS found,
  'a mention of it in: ' || min(quote) AS expected
FROM cells JOIN evidence ON evidence.table_name = cells.table_name AND evidence.record_id = cells.record_id
  AND evidence.column_name = cells.column_name
LEFT JOIN mentions ON mentions.article_id = evidence.article_id AND mentions.entity_id = cells.value
  AND mentions.raw_start >= evidence.raw_start AND mentions.raw_end <= evidence.raw_end
  AND (cells.table_name <> 'participations' OR cells.column_name = 'for_organization_id' OR mentions.within_mention_id IS NULL OR evidence.basis = 'inferred')
  AND mentions.entity_table = CASE cells.column_name WHEN 'person_id' THEN 'people' WHEN 'place_id' THEN 'places'
    WHEN 'campaign_id' THEN 'campaigns' ELSE 'organizations' END
WHERE cells.proof = 'key'
GROUP BY cells.table_name, cells.record_id, cells.row_no, cells.column_name, cells.value
HAVING count(mention_id) = 0
