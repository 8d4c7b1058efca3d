#!/bin/sh
# Writes nothing unless its program stands where the AppSpec put it.
set -eu
words=$(/opt/slipway-shop/bin/serve.sh)
mkdir -p /var/log/slipway-shop
echo "$words" >/var/log/slipway-shop/serve.log
