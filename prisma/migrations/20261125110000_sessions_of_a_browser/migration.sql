-- AlterTable
-- The defaults serve an instance of the version before, which knows nothing of these and may still start sessions during a deployment.
ALTER TABLE "sessions" ADD COLUMN     "browser" TEXT,
ADD COLUMN     "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "from" TEXT,
ADD COLUMN     "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "method" TEXT NOT NULL DEFAULT 'password';

-- Until now a session began when the person signed in, and was never touched again.
UPDATE "sessions" SET "created_at" = "authenticated_at", "last_seen_at" = "authenticated_at";
