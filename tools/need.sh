#!/bin/sh
# need.sh - makes sure that Debian packages are installed.
#
# usage: tools/need.sh PACKAGE...
#
# Installs what is missing when it may (as root, or by sudo without a password); otherwise prints the
# command to run and exits with 1. Does nothing, and needs no network, when all are there. On a system
# without apt it names the packages once and leaves the rest to the reader.

set -eu
top=$(cd "$(dirname "$0")/.." && pwd)

if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    told="$top/build/needed"
    for package in "$@"; do
        if ! grep -qsx "$package" "$told"; then
            echo "needed here, by the name it has in Debian: $package" >&2
            mkdir -p "$top/build"
            echo "$package" >>"$told"
        fi
    done
    exit 0
fi

installed=$(dpkg-query --show --showformat '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null || true)
missing=
for package in "$@"; do
    case "
$installed
" in
    *"
installed $package
"*) ;;
    *) missing="$missing $package" ;;
    esac
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then
    as_root=
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    as_root="sudo -n"
else
    echo "These Debian packages are missing; please install them and try again:" >&2
    echo "    sudo apt-get install --no-install-recommends$missing" >&2
    exit 1
fi

# Another installation may hold apt's lock for a while.
apt="$as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300"
# shellcheck disable=SC2086 # the words of $apt and $missing are meant to be split
install_missing() {
    $apt install --yes --no-install-recommends $missing && return
    # The package lists may be old, or not there at all.
    $apt update && $apt install --yes --no-install-recommends $missing
}

# The script calls itself, so that the two steps above share one log.
if [ "${NEED_IN_LOG:-}" = 1 ]; then
    install_missing
else
    NEED_IN_LOG=1 exec "$top/tools/quiet.sh" "install $(echo $missing)" "$top/build/install.log" "$0" "$@"
fi
