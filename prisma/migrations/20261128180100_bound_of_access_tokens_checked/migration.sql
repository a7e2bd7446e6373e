-- Reads the table from end to end, while everybody goes on reading and writing it.
ALTER TABLE "access_tokens" VALIDATE CONSTRAINT "access_tokens_before";
