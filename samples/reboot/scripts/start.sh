#!/bin/bash
# Starts the application in the background. All three streams are redirected: a process that kept
# this script's output open would make the agent wait for it until the time limit.
set -euo pipefail

app="${DESTDIR:-}/opt/web-app"
log="${DESTDIR:-}/var/log/web-app/web-app.log"
pid_file="${DESTDIR:-}/run/web-app.pid"

if [[ -f $pid_file && -e /proc/$(<"$pid_file")/exe ]]; then
  echo "web-app is already running as process $(<"$pid_file")"
  exit 0
fi
mkdir -p "$(dirname "$log")" "$(dirname "$pid_file")"
setsid node "$app/server.mjs" </dev/null >>"$log" 2>&1 &
echo $! >"$pid_file"
echo "started web-app $(<"$app/VERSION") as process $!"
