#!/usr/bin/env bash
# Run by the PostgreSQL image when its data directory is new.
set -euo pipefail

run() {
  psql -v ON_ERROR_STOP=1 --no-psqlrc --username "$POSTGRES_USER" "$@"
}

secret() {
  cat "/run/secrets/$1"
}

run --dbname postgres -f /database/roles.sql \
  -v owner_password="$(secret database_owner_password)" -v app_password="$(secret database_app_password)"
run --dbname countersign -f /database/schema.sql
run --dbname postgres -f /database/keycloak.sql -v keycloak_password="$(secret keycloak_database_password)"
