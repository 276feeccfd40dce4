#!/usr/bin/env bash
#
# Installs what the tests need on Debian 12, as root: the packages of test-tools.txt, and a Debian 13 root with
# duplicity 3 in .cache/trixie (or in $DUBA_TRIXIE). Does only what is missing and says only what it does. The Debian
# mirror and the proxy are the ones that apt is set up with.
#
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=${DUBA_TRIXIE:-$(dirname "$here")/.cache/trixie}
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 PATH=$PATH:/usr/sbin:/sbin

fail() {
  echo "setup-tests: $*" >&2
  exit 1
}

# Runs a command whose output matters only when it fails.
quietly() {
  local log status=0
  log=$(mktemp)
  "$@" >"$log" 2>&1 || status=$?
  if [ "$status" -ne 0 ]; then
    tail -n 40 "$log" >&2
  fi
  rm -f "$log"
  return "$status"
}

install_packages() {
  local program package reason missing=()
  while read -r program package reason; do
    case $program in '' | '#'*) continue ;; esac
    type -P "$program" >/dev/null || missing+=("$package")
  done <"$here/test-tools.txt"
  [ "${#missing[@]}" -gt 0 ] || return 0
  echo "setup-tests: installing ${missing[*]}"
  quietly apt-get -q update || echo 'setup-tests: apt-get update failed, going on with the lists at hand' >&2
  quietly apt-get -q -y --no-install-recommends install "${missing[@]}" || fail "apt-get cannot install ${missing[*]}"
}

# The mirror that apt takes Debian's main archive from: not the security archive, nobody else's.
debian_mirror() {
  apt-get indextargets --format '$(ORIGIN)|$(LABEL)|$(COMPONENT)|$(SITE)' 'Created-By: Packages' |
    awk -F'|' '$1 == "Debian" && $2 == "Debian" && $3 == "main" { print $4; exit }'
}

# debootstrap fetches with wget, which does not know the proxy that apt is set up with.
export_proxy() {
  local proxy=
  eval "$(apt-config shell proxy Acquire::http::Proxy)"
  if [ -n "$proxy" ] && [ "$proxy" != DIRECT ] && [ -z "${http_proxy:-}" ]; then
    export http_proxy=$proxy
  fi
}

duplicity_3_runs() {
  [ -x "$1/usr/bin/duplicity" ] &&
    chroot "$1" env -i PATH=/usr/bin:/bin HOME=/root LC_ALL=C.UTF-8 /usr/bin/duplicity --version 2>/dev/null |
    grep -q '^duplicity 3\.'
}

make_root() {
  local mirror partial=$root.partial script=trixie
  duplicity_3_runs "$root" && return 0
  mirror=$(debian_mirror)
  if [ -z "$mirror" ]; then
    quietly apt-get -q update || true
    mirror=$(debian_mirror)
  fi
  [ -n "$mirror" ] || fail 'apt knows no mirror of the Debian archive (apt-get indextargets lists none)'
  [ -e /usr/share/debootstrap/scripts/trixie ] || script=sid
  export_proxy
  echo "setup-tests: making a Debian 13 root with duplicity 3 in $root (about a minute)"
  [ ! -e "$root" ] || fail "$root exists, but duplicity 3 does not run in it: remove it and start again"
  rm -rf "$partial"
  mkdir -p "$(dirname "$root")"
  # python3-cffi-backend is named because debootstrap does not follow virtual packages. A failure to configure is no
  # failure yet: what counts is whether duplicity runs.
  if ! quietly debootstrap --variant=minbase --include=duplicity,gnupg,python3-cffi-backend \
    trixie "$partial" "$mirror" "/usr/share/debootstrap/scripts/$script"; then
    if [ -x "$partial/usr/bin/dpkg" ]; then
      quietly chroot "$partial" env PATH=/usr/sbin:/usr/bin:/sbin:/bin dpkg --configure -a || true
    fi
  fi
  duplicity_3_runs "$partial" || fail "duplicity does not run in the new root; see $partial/debootstrap/debootstrap.log"
  rm -rf "$partial"/var/cache/apt/archives/*.deb
  mv "$partial" "$root"
}

[ "$(id -u)" -eq 0 ] || fail 'must run as root (packages, device nodes, chroot)'
command -v apt-get >/dev/null || fail 'needs Debian: there is no apt-get here'
install_packages
make_root
