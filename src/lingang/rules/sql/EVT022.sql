-- id: EVT022
-- table: events
-- severity: error
-- set: core
-- title: an event that ends before it begins
-- why: The last day is the first day or a later one.
-- mend: rebuild the tables; both days follow from the date
SELECT event_id AS record_id, row_no, 'date_end' AS column_name, CAST(date_end AS STRING) AS found,
  CAST(date_start AS STRING) || ' or later' AS expected
FROM events WHERE date_end < date_start
