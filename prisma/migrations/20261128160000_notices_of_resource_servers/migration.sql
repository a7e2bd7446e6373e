-- Says to every instance that listens that a resource server, its scopes or its secrets changed, as with clients. The argument is the column with its id.
CREATE FUNCTION keywright_resource_server_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('keywright_resource_servers', to_jsonb(COALESCE(NEW, OLD)) ->> TG_ARGV[0]);
  RETURN NULL;
END $$;

CREATE TRIGGER keywright_resource_server_changed AFTER INSERT OR UPDATE OR DELETE ON "resource_servers"
  FOR EACH ROW EXECUTE FUNCTION keywright_resource_server_changed('id');

CREATE TRIGGER keywright_resource_server_changed AFTER INSERT OR UPDATE OR DELETE ON "resource_server_scopes"
  FOR EACH ROW EXECUTE FUNCTION keywright_resource_server_changed('resource_server_id');

CREATE TRIGGER keywright_resource_server_changed AFTER INSERT OR DELETE ON "resource_server_secrets"
  FOR EACH ROW EXECUTE FUNCTION keywright_resource_server_changed('resource_server_id');

-- Not when the use of a secret is noted.
CREATE TRIGGER keywright_resource_server_secret_edited
  AFTER UPDATE OF "id", "resource_server_id", "label", "digest", "last_four", "created_at", "created_by", "expires_at" ON "resource_server_secrets"
  FOR EACH ROW EXECUTE FUNCTION keywright_resource_server_changed('resource_server_id');
