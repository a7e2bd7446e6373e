-- Whoever checks a token asks among the grants that were revoked, which are few, instead of looking its own up among all (ADR 0036).
CREATE INDEX "grants_revoked_idx" ON "grants"("id") WHERE "revoked_at" IS NOT NULL;

-- So what a token tells of its grant is kept with the token. NULL in those of before, for which the grant is asked.
ALTER TABLE "access_tokens" ADD COLUMN "authenticated_at" TIMESTAMPTZ(3);
ALTER TABLE "refresh_tokens" ADD COLUMN "authenticated_at" TIMESTAMPTZ(3);

-- And a grant that is not there has not been revoked: one that is still needed stays, unless it goes with its person or client, without whom its tokens are no good.
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
