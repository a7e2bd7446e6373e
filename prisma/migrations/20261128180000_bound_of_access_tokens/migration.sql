-- Access tokens go into partitions by the time in their id. The table as it is becomes the first of them, with every id before a bound. That takes three
-- migrations, each a transaction of its own, so that no lock which others wait for is held while the table is read: this one says what the bound is.
DO $$
DECLARE
  quarter_day CONSTANT BIGINT := 21600000;
  greatest_id UUID;
  latest BIGINT;
BEGIN
  LOCK TABLE "access_tokens" IN ACCESS EXCLUSIVE MODE;
  SELECT id INTO greatest_id FROM "access_tokens" ORDER BY id DESC LIMIT 1;
  -- Milliseconds since 1970 (RFC 9562 §5.7), with two hours for what is issued until the third of the migrations.
  latest := GREATEST(
    extract(epoch FROM now())::numeric * 1000,
    ('x' || left(replace(greatest_id::text, '-', ''), 12))::bit(48)::bigint
  ) + 7200000;
  EXECUTE format(
    'ALTER TABLE "access_tokens" ADD CONSTRAINT "access_tokens_before" CHECK (id < %L) NOT VALID',
    (lpad(to_hex((latest / quarter_day + 1) * quarter_day), 12, '0') || repeat('0', 20))::uuid
  );
END $$;
