-- What lives longer than its partition usually lasts is found by the partial index of each partition, which is asked when it matters. No trigger notes it any more;
-- the function of that trigger stays for instances of the version before, which make partitions with it.
CREATE OR REPLACE FUNCTION keywright_last_expiry(at TIMESTAMPTZ) RETURNS TIMESTAMPTZ LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  last TIMESTAMPTZ;
  part RECORD;
  outliving TIMESTAMPTZ;
BEGIN
  -- Nothing moves from a partition to the rest meanwhile.
  LOCK TABLE ONLY access_tokens IN ACCESS SHARE MODE;
  last := GREATEST(
    at,
    (SELECT max(expires_at) FROM access_tokens_rest),
    (SELECT max(last_expiry) FROM access_token_partitions),
    (SELECT live_until FROM tokens_elsewhere)
  );
  FOR part IN SELECT name, last_expiry FROM access_token_partitions LOOP
    EXECUTE format('SELECT max(expires_at) FROM %I WHERE expires_at > $1', part.name) INTO outliving USING part.last_expiry;
    last := GREATEST(last, outliving);
  END LOOP;
  RETURN last + interval '1 day';
END $$;
