-- The partitions of access_tokens, besides the one for the rest. Servers add them ahead of time, and drop those whose tokens are dead.
CREATE TABLE "access_token_partitions" (
    "name" TEXT NOT NULL,
    -- The bound of its ids.
    "id_before" UUID NOT NULL,
    -- No token in it expires before the one or after the other. The second is raised by a trigger when one is added that lives longer.
    "first_expiry" TIMESTAMPTZ(3) NOT NULL,
    "last_expiry" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "access_token_partitions_pkey" PRIMARY KEY ("name")
);

-- Called for tokens that outlive what is known of their partition. An hour more, so that not each of them writes.
CREATE FUNCTION keywright_outlives() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE access_token_partitions SET last_expiry = NEW.expires_at + interval '1 hour' WHERE name = TG_TABLE_NAME AND last_expiry < NEW.expires_at;
  RETURN NEW;
END $$;

-- A trigger of a partitioned table is called in the name of the partition, and what is noted is the table that moves.
CREATE OR REPLACE FUNCTION keywright_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed JSONB := to_jsonb(COALESCE(NEW, OLD));
BEGIN
  INSERT INTO store_changes (kind, key)
  SELECT COALESCE((SELECT relname FROM pg_class WHERE oid = pg_partition_root(TG_RELID)), TG_TABLE_NAME), jsonb_object_agg(part, changed -> part)
  FROM unnest(TG_ARGV) AS part
  WHERE EXISTS (SELECT FROM store_moves WHERE phase <> 'moved')
  HAVING count(*) > 0;
  RETURN NULL;
END $$;

DO $$
DECLARE
  bound UUID := (
    SELECT substring(pg_get_constraintdef(oid) FROM '''([0-9a-f-]{36})''') FROM pg_constraint
    WHERE conrelid = '"access_tokens"'::regclass AND conname = 'access_tokens_before'
  );
  moving BOOLEAN;
BEGIN
  LOCK TABLE "access_tokens" IN ACCESS EXCLUSIVE MODE;
  moving := EXISTS (SELECT FROM pg_trigger WHERE tgrelid = '"access_tokens"'::regclass AND tgname = 'keywright_moved');
  DROP TRIGGER keywright_access_token_revoked ON "access_tokens";
  DROP TRIGGER IF EXISTS keywright_moving ON "access_tokens";
  DROP TRIGGER IF EXISTS keywright_moved ON "access_tokens";
  ALTER TABLE "access_tokens" RENAME TO "access_tokens_before";
  ALTER INDEX "access_tokens_pkey" RENAME TO "access_tokens_before_pkey";
  ALTER INDEX "access_tokens_expires_at_idx" RENAME TO "access_tokens_before_expires_at_idx";

  CREATE TABLE "access_tokens" (
      "issued_at" TIMESTAMPTZ(3) NOT NULL,
      "expires_at" TIMESTAMPTZ(3) NOT NULL,
      "id" UUID NOT NULL,
      "digest" BYTEA NOT NULL,
      "client_id" TEXT NOT NULL,
      "user_id" UUID,
      "grant_id" UUID,
      "scopes" TEXT[],
      "resources" TEXT[],
      "revoked_at" TIMESTAMPTZ(3),
      "revoke_reason" TEXT,

      CONSTRAINT "access_tokens_pkey" PRIMARY KEY ("id")
  ) PARTITION BY RANGE ("id");

  -- For an id that has no partition: of a moment for which none was made, or by a clock that is wrong.
  CREATE TABLE "access_tokens_rest" PARTITION OF "access_tokens" DEFAULT;
  CREATE INDEX "access_tokens_rest_expires_at_idx" ON "access_tokens_rest"("expires_at");

  IF EXISTS (SELECT FROM "access_tokens_before") THEN
    EXECUTE format('ALTER TABLE "access_tokens" ATTACH PARTITION "access_tokens_before" FOR VALUES FROM (MINVALUE) TO (%L)', bound);
    ALTER TABLE "access_tokens_before" DROP CONSTRAINT "access_tokens_before";
    -- A day for what is issued into it from now on; the trigger sees to those that live longer.
    INSERT INTO access_token_partitions (name, id_before, first_expiry, last_expiry)
    SELECT 'access_tokens_before', bound, min(expires_at), GREATEST(max(expires_at), now() + interval '1 day') FROM "access_tokens_before";
    EXECUTE (
      SELECT format(
        'CREATE TRIGGER keywright_outlives BEFORE INSERT ON "access_tokens_before" FOR EACH ROW WHEN (NEW.expires_at > %L) EXECUTE FUNCTION keywright_outlives()',
        last_expiry
      ) FROM access_token_partitions
    );
  ELSE
    DROP TABLE "access_tokens_before";
  END IF;

  CREATE TRIGGER keywright_access_token_revoked AFTER UPDATE OF "revoked_at" ON "access_tokens" FOR EACH ROW
    WHEN (OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL) EXECUTE FUNCTION keywright_access_token_revoked();
  IF moving THEN
    CREATE TRIGGER keywright_moving AFTER INSERT OR UPDATE OR DELETE ON "access_tokens" FOR EACH ROW EXECUTE FUNCTION keywright_note_change('id');
    CREATE TRIGGER keywright_moved BEFORE INSERT OR UPDATE OR DELETE ON "access_tokens" FOR EACH STATEMENT EXECUTE FUNCTION keywright_refuse_moved();
  END IF;
END $$;

CREATE OR REPLACE FUNCTION keywright_last_expiry(at TIMESTAMPTZ) RETURNS TIMESTAMPTZ LANGUAGE sql STABLE AS $$
  SELECT GREATEST(
    at,
    (SELECT max(expires_at) FROM access_tokens_rest),
    (SELECT max(last_expiry) FROM access_token_partitions),
    (SELECT live_until FROM tokens_elsewhere)
  ) + interval '1 day'
$$;
