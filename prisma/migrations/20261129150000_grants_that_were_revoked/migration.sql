-- Of a token that an instance read lately it asks only how it stands (ADR 0036): whether its grant was revoked is asked of these few, not of all.
CREATE INDEX "grants_revoked_idx" ON "grants"("id") WHERE "revoked_at" IS NOT NULL;
