-- id: EVT014
-- table: campaigns
-- severity: error
-- set: full
-- title: a campaign that no item uses, or a parent with which it never stands
-- why: A campaign is launched, advanced, discussed or mentioned somewhere; a part is named beside its whole.
-- mend: record under campaigns: what the item does with it; correct the parent
SELECT campaigns.campaign_id AS record_id, campaigns.row_no,
  CASE WHEN uses.campaign_id IS NULL THEN 'campaign_id' ELSE 'parent_campaign_id' END AS column_name,
  coalesce(parent_campaign_id, 'no use') AS found, 'a use in an item that names the parent too; a whole that is no part itself' AS expected
FROM campaigns
LEFT JOIN (SELECT DISTINCT campaign_id FROM event_campaigns) AS uses ON uses.campaign_id = campaigns.campaign_id
WHERE uses.campaign_id IS NULL OR (parent_campaign_id IS NOT NULL AND (
  parent_campaign_id IN (SELECT part.campaign_id FROM campaigns AS part WHERE part.parent_campaign_id IS NOT NULL) OR NOT EXISTS (
  SELECT 1 FROM event_campaigns AS part JOIN event_campaigns AS whole USING (article_id)
  WHERE part.campaign_id = campaigns.campaign_id AND whole.campaign_id = campaigns.parent_campaign_id)))
