#!/bin/sh
# packages.sh SECTION…: installs the packages of these sections of packages.txt that are missing.
set -eu
cd "$(dirname "$0")"

if ! command -v apt-get >/dev/null; then
  echo "packages.sh: not Debian; please install what stands in packages.txt under: $*" >&2
  exit 0
fi

wanted=$(for section; do sed -n "/^\[$section]/,/^\[/p" packages.txt; done | grep '^[a-z]' | sort -u)
missing=$(for package in $wanted; do
  dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || echo "$package"
done)
[ -n "$missing" ] || exit 0

echo "Installing what is missing:" $missing
as_root=
[ "$(id -u)" -eq 0 ] || as_root=sudo
$as_root apt-get update -q
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing </dev/null
