-- AlterTable
ALTER TABLE "clients" ADD COLUMN "disabled_by" TEXT;

-- Until now nobody noted who did it: of the two the stricter.
UPDATE "clients" SET "disabled_by" = 'house' WHERE "disabled_at" IS NOT NULL;
