-- AlterTable: counted up by every edit, so that one that read an older resource server is told.
ALTER TABLE "resource_servers" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;
