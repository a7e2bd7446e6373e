-- AlterTable: counted up by every edit, so that one that read an older client is told.
ALTER TABLE "clients" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable: where each consent was given for. Those of before name no address, so people are asked once more.
ALTER TABLE "consents" ADD COLUMN "redirect_uris" TEXT[] DEFAULT ARRAY[]::TEXT[];
