CREATE TABLE members (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email text NOT NULL,
  full_name text NOT NULL,
  confirmed_at timestamptz,
  blocked boolean NOT NULL DEFAULT false,
  password_salt bytea NOT NULL,
  password_hash bytea NOT NULL
);
CREATE UNIQUE INDEX members_email ON members (lower(email));
