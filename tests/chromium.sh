#!/bin/sh
# Have a Chromium for the tests in a browser, or say loudly that they will be skipped.
set -eu

[ -z "${COUNTERCLAIM_CHROMIUM:-}" ] || exit 0
for name in chromium chromium-browser google-chrome google-chrome-stable; do
    ! command -v "$name" >/dev/null || exit 0
done

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Debian's Chromium for the tests in a browser ..."
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        chromium fonts-liberation >/dev/null && exit 0
fi

echo "!!! NO CHROMIUM: the tests in a browser are skipped. Install one, or name it in COUNTERCLAIM_CHROMIUM." >&2
