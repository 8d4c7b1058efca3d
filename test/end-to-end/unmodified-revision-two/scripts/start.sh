#!/bin/sh
# Opens once.
set -eu
if [ -e /var/log/slipway-shop/opened ]; then
  echo 'the shop is open already' >&2
  exit 3
fi
touch /var/log/slipway-shop/opened
/opt/slipway-shop/bin/serve.sh >/var/log/slipway-shop/serve.log
