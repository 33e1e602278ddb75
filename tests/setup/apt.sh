#!/usr/bin/env bash
# Installs Debian packages, as root or by sudo.
#
#     tests/setup/apt.sh PACKAGE...
set -euo pipefail

as_root=()
[ "$(id -u)" = 0 ] || as_root=(sudo)
{
  echo "installing $*"
  "${as_root[@]}" apt-get update -q
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "$@"
} >&2
