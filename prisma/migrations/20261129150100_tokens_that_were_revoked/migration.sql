-- And whether it was revoked by itself. A migration of its own, so that no lock is held while another is waited for.
CREATE INDEX "revocations_token_id_idx" ON "revocations"("token_id") WHERE "token_id" IS NOT NULL;
