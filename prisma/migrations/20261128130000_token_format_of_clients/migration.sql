-- AlterTable: what its access tokens are where no resource server decides.
ALTER TABLE "clients" ADD COLUMN "access_token_format" TEXT NOT NULL DEFAULT 'opaque';
