#!/usr/bin/env bash
# Installs what the tests need and the machine lacks: Debian's packages, then npm's.
set -eu
cd "$(dirname "$0")"

need=()
command -v chromium >/dev/null || need+=(chromium)
command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] || need+=(nginx-light)
command -v soffice >/dev/null || need+=(libreoffice-writer-nogui fonts-liberation)
command -v pdftoppm >/dev/null || need+=(poppler-utils)
command -v gcc >/dev/null || need+=(gcc libc6-dev)
command -v node >/dev/null || need+=(nodejs npm)
fc-list 2>/dev/null | grep -q 'Noto Sans CJK' || need+=(fontconfig fonts-noto-cjk)
if [ ${#need[@]} -gt 0 ]; then
	sudo=
	[ "$(id -u)" = 0 ] || sudo=sudo
	$sudo apt-get update -qq
	DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "${need[@]}" >/dev/null
fi
npm install --silent --no-audit --no-fund --no-package-lock
