#!/bin/bash
# Stops watching. An application that has ended under its monitor would have raised an alarm.
set -euo pipefail

log="${DESTDIR:-}/var/log/monitor.log"
pid_file="${DESTDIR:-}/run/web-app.pid"

if [[ ! -f $pid_file || ! -e /proc/$(<"$pid_file")/exe ]]; then
  echo 'web-app has ended under its monitor' >&2
  exit 1
fi
echo 'watched web-app to the end' | tee -a "$log"
