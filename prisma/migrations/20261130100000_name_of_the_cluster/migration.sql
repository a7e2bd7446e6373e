-- How the cluster names itself, and '' where an operator took away the role's right to ask. PostgreSQL looks at the right to what a statement names before it runs,
-- whatever condition stands before it, so only what catches the error goes by the right of the moment (ADR 0020).
CREATE FUNCTION name_of_the_cluster() RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT system_identifier::text FROM pg_control_system());
EXCEPTION WHEN insufficient_privilege THEN
  RETURN '';
END
$$;
