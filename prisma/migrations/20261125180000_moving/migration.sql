-- Moving to another database while this one serves. Nothing here costs anything while no move is under way: the triggers that call the first two functions
-- are made when a move begins.
CREATE TABLE "store_moves" (
    "id" INTEGER NOT NULL,
    "destination" TEXT NOT NULL,
    "phase" TEXT NOT NULL,
    "held_until" TIMESTAMPTZ(3),
    "progress" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "store_moves_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "store_changes" (
    "id" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "key" JSONB NOT NULL,

    CONSTRAINT "store_changes_pkey" PRIMARY KEY ("id")
);

-- Notes which row changed, never what it changed to; the arguments are the columns of its key.
CREATE FUNCTION keywright_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed JSONB := to_jsonb(COALESCE(NEW, OLD));
BEGIN
  INSERT INTO store_changes (kind, key)
  SELECT TG_TABLE_NAME, jsonb_object_agg(part, changed -> part) FROM unnest(TG_ARGV) AS part;
  RETURN NULL;
END $$;

-- From the commit that ends the move on, nothing is decided here any more, whoever asks: a token can be rotated in one store only.
CREATE FUNCTION keywright_refuse_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM store_moves WHERE phase = 'moved') THEN
    RAISE EXCEPTION 'this store has moved' USING ERRCODE = 'KW001', HINT = 'Set DATABASE_URL to the new database.';
  END IF;
  RETURN NULL;
END $$;

-- What is copied was logged where it happened, and comes with the log.
CREATE FUNCTION keywright_skip_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RETURN NULL;
END $$;
CREATE TRIGGER keywright_copied BEFORE INSERT ON "revocations" FOR EACH ROW
  WHEN (current_setting('keywright.copying', true) = 'yes') EXECUTE FUNCTION keywright_skip_row();
