-- Until when access tokens live that are kept in another store, as far as it has said so: one row at most.
CREATE TABLE "tokens_elsewhere" (
    "id" SMALLINT NOT NULL DEFAULT 1,
    "live_until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tokens_elsewhere_pkey" PRIMARY KEY ("id")
);

CREATE OR REPLACE FUNCTION keywright_last_expiry(at TIMESTAMPTZ) RETURNS TIMESTAMPTZ LANGUAGE sql STABLE AS $$
  SELECT GREATEST(at, (SELECT max(expires_at) FROM access_tokens), (SELECT live_until FROM tokens_elsewhere)) + interval '1 day'
$$;
