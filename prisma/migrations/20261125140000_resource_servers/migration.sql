-- CreateTable
CREATE TABLE "resource_servers" (
    "id" TEXT NOT NULL,
    "identifier" TEXT NOT NULL,
    "identifier_key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "token_format" TEXT NOT NULL,
    "signing_algorithm" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "resource_servers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "resource_server_scopes" (
    "name" TEXT NOT NULL,
    "resource_server_id" TEXT NOT NULL,
    "sentence" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "resource_server_scopes_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "resource_server_secrets" (
    "id" UUID NOT NULL,
    "resource_server_id" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "digest" BYTEA NOT NULL,
    "last_four" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" UUID,
    "expires_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "last_used_from" TEXT,

    CONSTRAINT "resource_server_secrets_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "resource_servers_identifier_key_key" ON "resource_servers"("identifier_key");

-- CreateIndex
CREATE INDEX "resource_server_scopes_resource_server_id_idx" ON "resource_server_scopes"("resource_server_id");

-- CreateIndex
CREATE INDEX "resource_server_secrets_resource_server_id_idx" ON "resource_server_secrets"("resource_server_id");

-- AddForeignKey
ALTER TABLE "resource_server_scopes" ADD CONSTRAINT "resource_server_scopes_resource_server_id_fkey" FOREIGN KEY ("resource_server_id") REFERENCES "resource_servers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "resource_server_secrets" ADD CONSTRAINT "resource_server_secrets_resource_server_id_fkey" FOREIGN KEY ("resource_server_id") REFERENCES "resource_servers"("id") ON DELETE CASCADE ON UPDATE CASCADE;
