#!/bin/bash
# Succeeds once the application answers over HTTP, fails as soon as it has died.
set -uo pipefail

pid_file="${DESTDIR:-}/run/web-app.pid"
log="${DESTDIR:-}/var/log/web-app/web-app.log"

# Bash speaks TCP by itself, so that the host needs no HTTP client. The application logs its address.
ask_for() {
  local address
  address=$(sed -n 's|.* listens on http://\([^:]*\):.*|\1|p' "$log" | tail -n 1)
  [[ $address ]] && exec 3<>"/dev/tcp/$address/8080" && printf 'GET %s HTTP/1.0\r\n\r\n' "$1" >&3 && cat <&3
}

until answer=$(ask_for /health 2>/dev/null) && [[ $answer == 'HTTP/1.1 200'* ]]; do
  if [[ ! -e /proc/$(<"$pid_file")/exe ]]; then
    echo 'web-app has died; its last words:' >&2
    tail -n 5 "$log" >&2
    exit 1
  fi
  sleep 1
done
ask_for / | tail -n 1
