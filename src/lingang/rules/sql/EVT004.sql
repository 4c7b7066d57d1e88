-- id: EVT004
-- table: events
-- severity: error
-- set: full
-- title: ? in a date without need, or missing
-- why: The year is marked uncertain exactly when only another item prints it.
-- mend: rebuild the tables; the mark follows from where the year is printed
SELECT event_id AS record_id, row_no, 'date_edtf' AS column_name, date_edtf || ' with year basis ' || year_basis AS found,
  CASE year_basis WHEN 'page' THEN 'YYYY?-MM-DD' ELSE 'no ?' END AS expected
FROM events WHERE date_edtf IS NOT NULL AND (year_basis = 'page') <> regexp_like(date_edtf, '[?]')
