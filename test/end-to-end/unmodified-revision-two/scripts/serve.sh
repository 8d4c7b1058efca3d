#!/bin/sh
. /etc/slipway-shop/shop.conf
echo "serves $(cat /var/www/slipway-shop/index.html) on port $PORT"
