#!/bin/bash
# Begins to watch the application of another deployment group, which must run by now.
set -euo pipefail

log="${DESTDIR:-}/var/log/monitor.log"
pid_file="${DESTDIR:-}/run/web-app.pid"

if [[ ! -f $pid_file || ! -e /proc/$(<"$pid_file")/exe ]]; then
  echo 'there is no web-app to watch' >&2
  exit 1
fi
mkdir -p "$(dirname "$log")"
echo "watching web-app, process $(<"$pid_file")" | tee -a "$log"
