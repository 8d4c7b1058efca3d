#!/bin/bash
# Fails to start, as an application does whose database is out of reach.
set -euo pipefail

echo "starting web-app $(<"${DESTDIR:-}/opt/web-app/VERSION")"
echo 'connecting to postgres://orders@db.internal:5432/orders'
for attempt in 1 2 3; do
  echo "attempt $attempt of 3: connection refused (db.internal:5432)" >&2
  sleep 1
done
echo 'web-app could not start: its database is out of reach' >&2
exit 1
