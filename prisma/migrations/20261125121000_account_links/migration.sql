-- CreateTable
CREATE TABLE "account_links" (
    "id" UUID NOT NULL,
    "digest" BYTEA NOT NULL,
    "email" TEXT NOT NULL,
    "user_id" UUID,
    "request_id" TEXT,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "account_links_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "account_links_email_key" ON "account_links"("email");

-- CreateIndex
CREATE INDEX "account_links_expires_at_idx" ON "account_links"("expires_at");
