-- After codes and tokens moved to Redis this database still keeps all else, for those who say that they know of Redis.
CREATE OR REPLACE FUNCTION keywright_refuse_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM store_moves
    WHERE phase = 'moved' AND (destination NOT LIKE 'redis/%' OR current_setting('keywright.beside', true) IS DISTINCT FROM 'redis')
  ) THEN
    RAISE EXCEPTION 'this store has moved' USING ERRCODE = 'KW001', HINT = 'Set DATABASE_URL to the new database, or STORAGE and REDIS_URL to the new store.';
  END IF;
  RETURN NULL;
END $$;

-- Those go on changing the database after that move: nothing is noted any more.
CREATE OR REPLACE FUNCTION keywright_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed JSONB := to_jsonb(COALESCE(NEW, OLD));
BEGIN
  INSERT INTO store_changes (kind, key)
  SELECT TG_TABLE_NAME, jsonb_object_agg(part, changed -> part) FROM unnest(TG_ARGV) AS part
  WHERE EXISTS (SELECT FROM store_moves WHERE phase <> 'moved')
  HAVING count(*) > 0;
  RETURN NULL;
END $$;
