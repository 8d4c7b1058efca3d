#!/bin/bash
# Asks for a reboot, which begins once this script has ended and its agent has said so.
set -euo pipefail

echo 'rebooting, as a new kernel asks for it'
systemctl reboot
