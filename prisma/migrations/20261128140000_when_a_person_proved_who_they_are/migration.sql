-- AlterTable: when the person who gave the grant had last proved who they are. Not known of the grants of before.
ALTER TABLE "grants" ADD COLUMN "authenticated_at" TIMESTAMPTZ(3);
