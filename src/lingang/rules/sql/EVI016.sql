-- id: EVI016
-- table: *
-- level: requirement
-- set: full
-- title: a record whose evidence lies in another item
-- why: Nothing is copied between items: what a record of an item says, that item prints.
-- mend: take the tables as lingang build makes them, without changes by hand
WITH records AS (
  SELECT 'quotations' AS table_name, quotation_id AS record_id, row_no, article_id FROM quotations
  UNION ALL SELECT 'documents', document_id, row_no, article_id FROM documents
  UNION ALL SELECT 'figures', figure_id, row_no, article_id FROM figures
  UNION ALL SELECT 'event_campaigns', event_campaign_id, row_no, article_id FROM event_campaigns
  UNION ALL SELECT 'positions', position_id, row_no, article_id FROM positions
  UNION ALL SELECT 'bylines', byline_id, row_no, article_id FROM bylines
  UNION ALL SELECT 'events', event_id, row_no, article_id FROM events
)
SELECT DISTINCT records.table_name, records.record_id, records.row_no, 'article_id' AS column_name, records.article_id AS found,
  evidence.article_id AS expected
FROM records JOIN evidence ON evidence.table_name = records.table_name AND evidence.record_id = records.record_id
WHERE evidence.article_id IS NOT NULL AND evidence.article_id <> records.article_id AND evidence.basis <> 'inferred' AND evidence.column_name <> 'year_basis'
