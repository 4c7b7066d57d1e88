-- id: KEY009
-- table: event_campaigns
-- level: requirement
-- set: full
-- title: a record of one item points to an event of another
-- why: Nothing is copied between items: a quotation, document, figure or campaign belongs to an event of its own item.
-- mend: name an event of the same file
WITH uses AS (
  SELECT 'event_campaigns' AS table_name, event_campaign_id AS record_id, row_no, article_id, event_id FROM event_campaigns
  UNION ALL SELECT 'quotations', quotation_id, row_no, article_id, event_id FROM quotations
  UNION ALL SELECT 'documents', document_id, row_no, article_id, event_id FROM documents
  UNION ALL SELECT 'figures', figure_id, row_no, article_id, event_id FROM figures
)
SELECT table_name, record_id, uses.row_no, 'event_id' AS column_name, uses.event_id AS found, 'an event of ' || uses.article_id AS expected
FROM uses JOIN events USING (event_id) WHERE uses.article_id <> events.article_id
