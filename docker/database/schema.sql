-- Run once by a superuser in the database countersign, after roles.sql. The migrations of the
-- application grant the rest, table by table: what is written once cannot be changed by it.
ALTER SCHEMA public OWNER TO countersign_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO countersign_app;
