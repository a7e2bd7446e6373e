-- Consents whose time is over are purged; most have no end.
CREATE INDEX "consents_expires_at_idx" ON "consents"("expires_at") WHERE "expires_at" IS NOT NULL;
