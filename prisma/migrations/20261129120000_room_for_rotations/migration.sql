-- A refresh token is rotated once: half of each page is kept for that, so that the row stays on its page and no index has to be told (ADR 0023).
ALTER TABLE "refresh_tokens" SET (fillfactor = 50);
