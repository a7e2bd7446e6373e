-- Says to every instance that listens that a client or its secrets changed, when the change is committed. Triggers, so that whatever writes is heard,
-- another tool too. The argument is the column with the id of the client. One that is too long for a notice is left out, and means that it may be any client.
CREATE FUNCTION keywright_client_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  client_id TEXT := to_jsonb(COALESCE(NEW, OLD)) ->> TG_ARGV[0];
BEGIN
  PERFORM pg_notify('keywright_clients', CASE WHEN octet_length(client_id) < 7900 THEN client_id ELSE '' END);
  RETURN NULL;
END $$;

CREATE TRIGGER keywright_client_changed AFTER INSERT OR UPDATE OR DELETE ON "clients"
  FOR EACH ROW EXECUTE FUNCTION keywright_client_changed('id');

CREATE TRIGGER keywright_client_changed AFTER INSERT OR DELETE ON "client_secrets"
  FOR EACH ROW EXECUTE FUNCTION keywright_client_changed('client_id');

-- Not when the use of a secret is noted, which happens all the time and changes nothing about who may do what.
CREATE TRIGGER keywright_client_secret_edited AFTER UPDATE OF "id", "client_id", "label", "digest", "last_four", "created_at", "created_by", "expires_at"
  ON "client_secrets" FOR EACH ROW EXECUTE FUNCTION keywright_client_changed('client_id');
