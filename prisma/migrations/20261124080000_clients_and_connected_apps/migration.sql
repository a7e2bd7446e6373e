-- AlterTable
ALTER TABLE "client_secrets" ADD COLUMN "last_used_at" TIMESTAMPTZ(3),
ADD COLUMN "last_used_from" TEXT;

-- AlterTable
ALTER TABLE "consents" ADD COLUMN "declined_scopes" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN "expires_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "grants" ADD COLUMN "expires_at" TIMESTAMPTZ(3),
ADD COLUMN "last_used_at" TIMESTAMPTZ(3),
ADD COLUMN "used_scopes" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "authorization_codes" ADD COLUMN "grant_expires_at" TIMESTAMPTZ(3);

-- Room on every page for the new version of a row, so that noting when a grant was last used touches no index.
ALTER TABLE "grants" SET (fillfactor = 80);

-- CreateTable
CREATE TABLE "idempotency_keys" (
    "id" BYTEA NOT NULL,
    "fingerprint" BYTEA NOT NULL,
    "sealed_answer" BYTEA,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "idempotency_keys_expires_at_idx" ON "idempotency_keys"("expires_at");

-- Every list, count and revocation is of live grants, so the indexes hold no others.
-- DropIndex
DROP INDEX "grants_user_id_client_id_idx";

-- DropIndex
DROP INDEX "grants_client_id_idx";

-- CreateIndex
CREATE INDEX "grants_user_id_client_id_idx" ON "grants"("user_id", "client_id") WHERE "revoked_at" IS NULL;

-- CreateIndex
CREATE INDEX "grants_client_id_id_idx" ON "grants"("client_id", "id") WHERE "revoked_at" IS NULL;

-- CreateIndex
-- Counts the people of a client from the index alone, in the order in which equal ones stand together.
CREATE INDEX "grants_client_id_user_id_idx" ON "grants"("client_id", "user_id") INCLUDE ("needed_until") WHERE "revoked_at" IS NULL;
