-- What a client obtained for itself until then has ended. Nullable and without a default, so that no row is rewritten.
ALTER TABLE "clients" ADD COLUMN "own_tokens_revoked_at" TIMESTAMPTZ(3);

CREATE FUNCTION keywright_own_tokens_revoked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO revocations (kind, client_id, at, expires_at, reason)
  VALUES ('own_tokens', NEW.id, NEW.own_tokens_revoked_at, keywright_last_expiry(NEW.own_tokens_revoked_at), 'revoked_by_operator');
  RETURN NULL;
END $$;
CREATE TRIGGER keywright_own_tokens_revoked AFTER UPDATE OF "own_tokens_revoked_at" ON "clients" FOR EACH ROW
  WHEN (NEW.own_tokens_revoked_at IS NOT NULL AND NEW.own_tokens_revoked_at IS DISTINCT FROM OLD.own_tokens_revoked_at)
  EXECUTE FUNCTION keywright_own_tokens_revoked();
