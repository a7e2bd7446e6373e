-- What ended access tokens before their time, for those who keep what they know about a token. Rows are only added, by triggers, so that whatever ends tokens
-- is in the log by the same commit, and nothing that issues them pays for it. txid says which transaction added a row: with a snapshot it tells what a
-- reader has not seen yet, whatever order transactions end in.
CREATE TABLE "revocations" (
    "id" BIGSERIAL NOT NULL,
    "txid" xid8 NOT NULL DEFAULT pg_current_xact_id(),
    "kind" TEXT NOT NULL,
    "token_id" UUID,
    "grant_id" UUID,
    "client_id" TEXT,
    "user_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "revocations_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "revocations_txid_idx" ON "revocations"("txid");
CREATE INDEX "revocations_expires_at_idx" ON "revocations"("expires_at");

-- When no access token that lives at a moment lives any more. A day is added for those that are being issued just then.
CREATE FUNCTION keywright_last_expiry(at TIMESTAMPTZ) RETURNS TIMESTAMPTZ LANGUAGE sql STABLE AS $$
  SELECT GREATEST(at, (SELECT max(expires_at) FROM access_tokens)) + interval '1 day'
$$;

CREATE FUNCTION keywright_revocations_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('keywright_revocations', '');
  RETURN NULL;
END $$;
CREATE TRIGGER keywright_revocations_added AFTER INSERT ON "revocations"
  FOR EACH STATEMENT EXECUTE FUNCTION keywright_revocations_added();

CREATE FUNCTION keywright_access_token_revoked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO revocations (kind, token_id, at, expires_at, reason) VALUES ('token', NEW.id, NEW.revoked_at, NEW.expires_at, NEW.revoke_reason);
  RETURN NULL;
END $$;
CREATE TRIGGER keywright_access_token_revoked AFTER UPDATE OF "revoked_at" ON "access_tokens" FOR EACH ROW
  WHEN (OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL) EXECUTE FUNCTION keywright_access_token_revoked();

-- A statement that revokes very many grants adds one row for all of them, and says so in a setting that lasts as long as its transaction. An abandoned
-- grant never had a token.
CREATE FUNCTION keywright_grant_revoked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('keywright.revoked_together', true) IS DISTINCT FROM 'yes' THEN
    INSERT INTO revocations (kind, grant_id, at, expires_at, reason)
    VALUES ('grant', NEW.id, NEW.revoked_at, keywright_last_expiry(NEW.revoked_at), NEW.revoke_reason);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER keywright_grant_revoked AFTER UPDATE OF "revoked_at" ON "grants" FOR EACH ROW
  WHEN (OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL AND NEW.revoke_reason <> 'abandoned') EXECUTE FUNCTION keywright_grant_revoked();

CREATE FUNCTION keywright_client_ended() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  moment TIMESTAMPTZ := now();
  why TEXT := 'revoked_by_operator';
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD.removed_at IS NULL AND NEW.removed_at IS NOT NULL THEN moment := NEW.removed_at;
    ELSIF OLD.disabled_at IS NULL AND NEW.disabled_at IS NOT NULL THEN moment := NEW.disabled_at; why := 'client_disabled';
    ELSIF OLD.disabled_at IS NOT NULL AND NEW.disabled_at IS NULL THEN why := 'restored';
    ELSE RETURN NULL;
    END IF;
  END IF;
  INSERT INTO revocations (kind, client_id, at, expires_at, reason) VALUES ('client', OLD.id, moment, keywright_last_expiry(moment), why);
  RETURN NULL;
END $$;
CREATE TRIGGER keywright_client_ended AFTER DELETE OR UPDATE OF "disabled_at", "removed_at" ON "clients"
  FOR EACH ROW EXECUTE FUNCTION keywright_client_ended();

CREATE FUNCTION keywright_user_ended() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  moment TIMESTAMPTZ := now();
  why TEXT := 'user_disabled';
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD.disabled_at IS NULL AND NEW.disabled_at IS NOT NULL THEN moment := NEW.disabled_at;
    ELSIF OLD.disabled_at IS NOT NULL AND NEW.disabled_at IS NULL THEN why := 'restored';
    ELSE RETURN NULL;
    END IF;
  END IF;
  INSERT INTO revocations (kind, user_id, at, expires_at, reason) VALUES ('user', OLD.id, moment, keywright_last_expiry(moment), why);
  RETURN NULL;
END $$;
CREATE TRIGGER keywright_user_ended AFTER DELETE OR UPDATE OF "disabled_at" ON "users"
  FOR EACH ROW EXECUTE FUNCTION keywright_user_ended();
