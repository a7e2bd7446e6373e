-- AlterTable
ALTER TABLE "authorization_requests" ADD COLUMN     "chosen_by" UUID,
ADD COLUMN     "login_hint" TEXT,
ADD COLUMN     "max_age" INTEGER;
