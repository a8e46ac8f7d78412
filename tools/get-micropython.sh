#!/bin/sh
# get-micropython.sh - unpacks MicroPython's source, from Debian's source package.
#
# usage: tools/get-micropython.sh DIRECTORY
#
# Leaves the source in DIRECTORY, or nothing; does nothing if it is there already. apt checks what it
# downloads against the signatures of Debian's archive. The package list and apt's other files are kept
# beside DIRECTORY, so this needs no root, and the system's own list of sources is not touched.
#
# usage: tools/get-micropython.sh --version
#
# Prints the version that would be taken: the one pinned here, or $MPY_VERSION.

set -eu
version=${MPY_VERSION:-1.25.0+ds-1}
suite=trixie
keyring=/usr/share/keyrings/debian-archive-keyring.gpg

if [ "$1" = --version ]; then
    echo "$version"
    exit 0
fi

directory=$1
mkdir -p "$(dirname "$directory")"
private=$(cd "$(dirname "$directory")" && pwd)/apt

if [ "$(cat "$directory/.version" 2>/dev/null)" = "$version" ]; then
    exit 0
fi

fail() {
    echo "Cannot get MicroPython $version: $1" >&2
    echo "Instead, name a checkout or an unpacked release (1.25 is tested):  make MPY_DIR=/path/to/micropython" >&2
    exit 1
}

command -v apt-get >/dev/null || fail "it comes from a Debian package, and there is no apt-get here."
command -v dpkg-source >/dev/null || fail "dpkg-source is missing (package dpkg-dev)."
[ -r $keyring ] || fail "$keyring is missing (package debian-archive-keyring)."

write_private_configuration() {
    mkdir -p "$private/lists/partial" "$private/cache/archives/partial" "$private/state"
    # The mirror this machine uses. These addresses are known without any downloaded package list.
    mirror=$(apt-get --print-uris -o Dir::State::Lists="$private/lists" update 2>/dev/null |
        sed -n "s|^'\(.*\)/dists/.*|\1|p" | grep -v security | head -n 1)
    [ -n "$mirror" ] || fail "apt knows no mirror (see /etc/apt/sources.list.d)."
    echo "deb-src [signed-by=$keyring] $mirror $suite main" >"$private/sources.list"
    # Everything else, proxies for example, stays as /etc/apt/apt.conf.d says. As root, apt would
    # download as a user of its own, who may not write here.
    cat >"$private/apt.conf" <<END
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
APT::Update::Error-Mode "any";
APT::Sandbox::User "";
Acquire::Languages "none";
Dir::Etc::SourceList "$private/sources.list";
Dir::Etc::SourceParts "/dev/null";
Dir::State "$private/state";
Dir::State::Lists "$private/lists";
Dir::Cache "$private/cache";
END
}

check_version() {
    found=$(apt-cache -c "$private/apt.conf" showsrc micropython | sed -n 's/^Version: //p' | sort -u)
    for each in $found; do
        [ "$each" != "$version" ] || return 0
    done
    [ -n "$found" ] || fail "Debian $suite has no source package micropython at $mirror."
    echo "Debian $suite has moved on to: $found" >&2
    fail "to try the one that is there:  make MPY_VERSION=$(echo "$found" | tail -n 1)"
}

write_private_configuration
apt-get -q -c "$private/apt.conf" update || fail "the package list could not be downloaded from $mirror."
check_version

# Unpacked under another name and renamed as the last step: an interrupted run leaves nothing half done.
unpack=$private/unpack
rm -rf "$unpack"
mkdir -p "$unpack"
(cd "$unpack" && apt-get -q -c "$private/apt.conf" source --only-source "micropython=$version") ||
    fail "the download from $mirror or the unpacking failed."
mv "$unpack"/micropython-*/ "$unpack/source"
echo "$version" >"$unpack/source/.version"
rm -rf "$directory"
mv "$unpack/source" "$directory"
rm -rf "$unpack"
