-- id: TXT016
-- table: articles
-- severity: error
-- set: full
-- title: the kind of an item does not fit its segments
-- why: An item whose only text is a caption with a credit is a photo item; any other is news.
-- mend: write kind: photo_news for an item without body, else kind: news
SELECT articles.article_id AS record_id, articles.row_no, 'kind' AS column_name, kind AS found,
  CASE WHEN bodies = 0 THEN 'photo_news' ELSE 'news' END AS expected
FROM articles JOIN (
  SELECT article_id, sum(CASE role WHEN 'body' THEN 1 ELSE 0 END) AS bodies FROM segments GROUP BY article_id
) AS counted USING (article_id)
WHERE kind <> CASE WHEN bodies = 0 THEN 'photo_news' ELSE 'news' END
