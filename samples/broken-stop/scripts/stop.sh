#!/bin/bash
# Fails to stop the application, as a stop script does that was written for another host.
set -euo pipefail

pid_file="${DESTDIR:-}/var/run/web-app/web-app.pid"

echo 'stopping web-app'
if [[ ! -f $pid_file ]]; then
  echo "stop.sh: $pid_file: no such file; is web-app running?" >&2
  exit 3
fi
