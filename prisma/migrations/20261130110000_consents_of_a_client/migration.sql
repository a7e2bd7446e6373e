-- The consents of a client in the order in which they are locked and forgotten, step by step.
CREATE INDEX "consents_client_id_user_id_idx" ON "consents"("client_id", "user_id");
