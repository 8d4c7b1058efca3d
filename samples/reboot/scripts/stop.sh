#!/bin/bash
# Asks the application to end and waits until it is gone. The agent's time limit bounds the waiting.
set -euo pipefail

pid_file="${DESTDIR:-}/run/web-app.pid"

if [[ ! -f $pid_file ]]; then
  echo 'web-app is not running'
  exit 0
fi
pid=$(<"$pid_file")
kill -TERM "$pid" 2>/dev/null || true
while [[ -e /proc/$pid/exe ]]; do
  sleep 1
done
rm -f "$pid_file"
echo "web-app has ended (process $pid)"
