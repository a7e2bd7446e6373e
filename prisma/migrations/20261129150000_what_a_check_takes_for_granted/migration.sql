-- Whoever checks a token asks among the grants that were revoked, which are few, instead of looking its own up among all (ADR 0036).
CREATE INDEX "grants_revoked_idx" ON "grants"("id") WHERE "revoked_at" IS NOT NULL;

-- So what a token tells of its grant is kept with the token. NULL in those of before, for which the grant is asked.
ALTER TABLE "access_tokens" ADD COLUMN "authenticated_at" TIMESTAMPTZ(3);
ALTER TABLE "refresh_tokens" ADD COLUMN "authenticated_at" TIMESTAMPTZ(3);

-- Of a token that an instance read lately it asks only whether it was revoked since (ADR 0037).
CREATE INDEX "revocations_token_id_idx" ON "revocations"("token_id") WHERE "token_id" IS NOT NULL;

-- So what is not there has not been revoked. A grant or token that is good cannot be deleted, unless it goes with its person or client, without whom it is no good.
-- Whoever wants to end it is told how.
CREATE FUNCTION keywright_grant_needed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('keywright.copying', true) IS DISTINCT FROM 'yes'
    AND EXISTS (SELECT FROM users WHERE id = OLD.user_id) AND EXISTS (SELECT FROM clients WHERE id = OLD.client_id)
  THEN
    RAISE EXCEPTION 'grant % is needed until %: revoke it instead of deleting it', OLD.id, OLD.needed_until
      USING HINT = 'UPDATE grants SET revoked_at = now(), revoke_reason = ''revoked_by_operator'' WHERE …, or keywright tokens revoke';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER keywright_grant_needed BEFORE DELETE ON "grants" FOR EACH ROW
  WHEN (OLD.revoked_at IS NULL AND OLD.needed_until > now()) EXECUTE FUNCTION keywright_grant_needed();

CREATE FUNCTION keywright_token_good() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('keywright.copying', true) IS DISTINCT FROM 'yes' THEN
    RAISE EXCEPTION 'access token % is good until %: revoke it instead of deleting it', OLD.id, OLD.expires_at
      USING HINT = 'UPDATE access_tokens SET revoked_at = now(), revoke_reason = ''revoked_by_operator'' WHERE …, or keywright tokens revoke';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER keywright_token_good BEFORE DELETE ON "access_tokens" FOR EACH ROW
  WHEN (OLD.revoked_at IS NULL AND OLD.expires_at > now()) EXECUTE FUNCTION keywright_token_good();

-- Nor can the whole table be emptied as long as anything in it may be good.
CREATE FUNCTION keywright_not_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  good BOOLEAN;
BEGIN
  EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE revoked_at IS NULL AND %I > now())', TG_TABLE_NAME, TG_ARGV[0]) INTO good;
  IF good AND current_setting('keywright.copying', true) IS DISTINCT FROM 'yes' THEN
    RAISE EXCEPTION 'there is what is good in %: revoke it instead of emptying the table', TG_TABLE_NAME
      USING HINT = format('UPDATE %I SET revoked_at = now(), revoke_reason = ''revoked_by_operator'' WHERE revoked_at IS NULL', TG_TABLE_NAME);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER keywright_not_emptied BEFORE TRUNCATE ON "grants" FOR EACH STATEMENT EXECUTE FUNCTION keywright_not_emptied('needed_until');
CREATE TRIGGER keywright_not_emptied BEFORE TRUNCATE ON "access_tokens" FOR EACH STATEMENT EXECUTE FUNCTION keywright_not_emptied('expires_at');
