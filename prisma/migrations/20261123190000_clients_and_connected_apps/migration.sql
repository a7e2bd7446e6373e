-- AlterTable
ALTER TABLE "client_secrets" ADD COLUMN "last_used_at" TIMESTAMPTZ(3),
ADD COLUMN "last_used_from" TEXT;

-- AlterTable
ALTER TABLE "consents" ADD COLUMN "declined_scopes" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN "expires_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "grants" ADD COLUMN "expires_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "authorization_codes" ADD COLUMN "grant_expires_at" TIMESTAMPTZ(3);

-- CreateTable
-- Half of every page is left for new versions of its rows, so that noting a use touches no index.
CREATE TABLE "grant_usage" (
    "grant_id" UUID NOT NULL,
    "last_used_at" TIMESTAMPTZ(3) NOT NULL,
    "used_scopes" TEXT[],

    CONSTRAINT "grant_usage_pkey" PRIMARY KEY ("grant_id")
) WITH (fillfactor = 50);

-- AddForeignKey
ALTER TABLE "grant_usage" ADD CONSTRAINT "grant_usage_grant_id_fkey" FOREIGN KEY ("grant_id") REFERENCES "grants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

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
