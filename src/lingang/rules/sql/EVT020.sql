-- id: EVT020
-- table: mentions
-- level: advice
-- set: full
-- title: a campaign that an item names and does nothing with
-- why: Whatever campaign the text of an item names has a use: launched, advanced, discussed or mentioned.
-- mend: record under campaigns: what the item does with it
SELECT min_by(mention_id, mentions.row_no) AS record_id, min(mentions.row_no) AS row_no, 'entity_id' AS column_name,
  min_by(surface, mentions.row_no) AS found,
  'a row of event_campaigns in ' || mentions.article_id AS expected
FROM mentions LEFT JOIN event_campaigns ON event_campaigns.article_id = mentions.article_id AND campaign_id = entity_id
WHERE entity_table = 'campaigns' AND text_start IS NOT NULL AND event_campaign_id IS NULL
GROUP BY mentions.article_id, entity_id
