-- Who took part in which event, whatever its status, in which role: one row a participation of a person, an organization,
-- a place or a described group (participant_kind); who has two roles has two rows. title: the titles that the event's item
-- prints for the person, joined by 、. list_open 1: the printed list ends in 等, so that a name missing from it says nothing.
CREATE VIEW attendance_all AS
SELECT
  p.event_id,
  e.name AS event_name,
  e.date_start,
  e.kind AS event_kind,
  e.status,
  e.date_edtf,
  e.year_basis,
  e.article_id,
  p.participant_kind,
  p.person_id,
  p.organization_id,
  p.place_id,
  coalesce(p.group_label, who.name, body.name, place.name) AS name,
  who.name_latin,
  p.role,
  (
    SELECT group_concat(title_raw, '、')
    FROM (
      SELECT title_raw FROM positions
      WHERE positions.person_id = p.person_id AND positions.article_id = e.article_id
      ORDER BY position_id
    )
  ) AS title,
  p.award,
  p.list_seq,
  p.list_open
FROM participations AS p
JOIN events AS e ON e.event_id = p.event_id
LEFT JOIN people AS who ON who.person_id = p.person_id
LEFT JOIN organizations AS body ON body.organization_id = p.organization_id
LEFT JOIN places AS place ON place.place_id = p.place_id
JOIN words ON words.vocabulary = 'participation_role' AND words.word = p.role
ORDER BY e.date_start NULLS LAST, p.event_id, words.position, p.list_seq NULLS LAST, p.participation_id;

-- Who took part in which event that took place: the named people of attendance_all.
CREATE VIEW attendance AS
SELECT * FROM attendance_all WHERE status = 'occurred' AND participant_kind = 'person';

-- All events, whatever their status, in the order in which they took place. An event without a printed day stands just before the event that it
-- precedes or selects for, or after the event that it follows or is part of (order_basis link); the rest stand at the end
-- (none). No day is guessed. organizers, sites and about are JSON arrays.
CREATE VIEW timeline_all AS
WITH RECURSIVE
before(first, second) AS (
  SELECT event_id, other_event_id FROM event_links WHERE relation IN ('precedes', 'selects_for')
  UNION
  SELECT other_event_id, event_id FROM event_links WHERE relation IN ('follows', 'part_of')
),
reached(first, second) AS (
  SELECT first, second FROM before
  UNION
  SELECT reached.first, before.second FROM reached JOIN before ON before.first = reached.second
),
dated(event_id, moment) AS (
  SELECT
    event_id,
    date_start || CASE day_part WHEN 'early_morning' THEN ' 1' WHEN 'morning' THEN ' 2' WHEN 'noon' THEN ' 3'
      WHEN 'afternoon' THEN ' 4' WHEN 'evening' THEN ' 5' WHEN 'night' THEN ' 6' ELSE ' 0' END
  FROM events
  WHERE date_start IS NOT NULL
),
placed AS (
  SELECT
    e.*,
    own.moment AS own_moment,
    (SELECT min(moment) FROM reached JOIN dated ON dated.event_id = reached.second WHERE reached.first = e.event_id)
      AS moment_ahead,
    (SELECT max(moment) FROM reached JOIN dated ON dated.event_id = reached.first WHERE reached.second = e.event_id)
      AS moment_behind,
    (SELECT count(*) FROM reached WHERE reached.second = e.event_id) AS earlier,
    EXISTS (SELECT 1 FROM before WHERE e.event_id IN (first, second)) AS linked
  FROM events AS e
  LEFT JOIN dated AS own ON own.event_id = e.event_id
),
named AS (
  SELECT
    p.event_id,
    p.role,
    words.position AS role_seq,
    p.list_seq,
    p.participation_id,
    coalesce(p.group_label, who.name, body.name, place.name) AS name
  FROM participations AS p
  JOIN words ON words.vocabulary = 'participation_role' AND words.word = p.role
  LEFT JOIN people AS who ON who.person_id = p.person_id
  LEFT JOIN organizations AS body ON body.organization_id = p.organization_id
  LEFT JOIN places AS place ON place.place_id = p.place_id
)
SELECT
  event_id,
  name,
  kind,
  status,
  date_start,
  date_end,
  date_raw,
  date_edtf,
  date_precision,
  year_basis,
  day_part,
  article_id,
  (
    SELECT json_group_array(name)
    FROM (
      SELECT named.name FROM named
      WHERE named.event_id = placed.event_id AND named.role IN ('organizer', 'co_organizer')
      ORDER BY role_seq, list_seq NULLS LAST, participation_id
    )
  ) AS organizers,
  (
    SELECT json_group_array(name)
    FROM (
      SELECT named.name FROM named
      WHERE named.event_id = placed.event_id AND named.role = 'site'
      ORDER BY list_seq NULLS LAST, participation_id
    )
  ) AS sites,
  about,
  CASE WHEN own_moment IS NOT NULL THEN 'date' WHEN linked THEN 'link' ELSE 'none' END AS order_basis
FROM placed
ORDER BY coalesce(own_moment, moment_ahead, moment_behind) NULLS LAST, earlier, event_id;

-- The events that took place, in the order in which they did.
CREATE VIEW timeline AS
SELECT * FROM timeline_all WHERE status = 'occurred';
