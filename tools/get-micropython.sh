#!/bin/sh
# get-micropython.sh - unpacks MicroPython's source, from Debian's source package.
#
# usage: tools/get-micropython.sh VERSION DIRECTORY
#
# VERSION is one of the table below. Leaves the newest source of it that its suite has in DIRECTORY, or nothing;
# DIRECTORY/.version then tells the version of the package. apt checks what it downloads against the signatures
# of Debian's archive. The package lists and apt's other files are kept beside DIRECTORY, so this needs no root,
# and the system's own list of sources is not touched.
#
# usage: tools/get-micropython.sh --versions
#
# Prints the versions of the table.

set -eu

# The versions of MicroPython that are supported, and the suite of Debian that has each.
suites="
1.25 trixie
1.26 forky
"
keyring=/usr/share/keyrings/debian-archive-keyring.gpg

if [ "${1:-}" = --versions ]; then
    echo "$suites" | sed -n 's/ .*//p'
    exit 0
fi

version=$1
directory=$2

fail() {
    echo "Cannot get MicroPython $version: $1" >&2
    echo "Instead, name a checkout or an unpacked release:  make MPY_DIR=/path/to/micropython" >&2
    exit 1
}

suite=$(echo "$suites" | sed -n "s/^$version //p")
[ -n "$suite" ] || fail "the versions with a known suite of Debian are $(echo $("$0" --versions))."
command -v apt-get >/dev/null || fail "it comes from a Debian package, and there is no apt-get here."
command -v dpkg-source >/dev/null || fail "dpkg-source is missing (package dpkg-dev)."
[ -r $keyring ] || fail "$keyring is missing (package debian-archive-keyring)."

mkdir -p "$(dirname "$directory")"
private=$(cd "$(dirname "$directory")" && pwd)/apt/$suite

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

# A suite that is not yet released moves on: which revision it has, or that it has none, is seen only here.
find_package() {
    found=$(apt-cache -c "$private/apt.conf" showsrc micropython | sed -n 's/^Version: //p' | sort -V -u)
    [ -n "$found" ] || fail "Debian $suite has no source package micropython at $mirror."
    package=$(echo "$found" | grep "^$version\." | tail -n 1)
    [ -n "$package" ] || fail "Debian $suite has $(echo $found) instead.
If another suite has it (rmadison micropython), name that one in the table of tools/get-micropython.sh."
}

write_private_configuration
apt-get -q -c "$private/apt.conf" update || fail "the package list could not be downloaded from $mirror."
find_package

# Unpacked under another name and renamed as the last step: an interrupted run leaves nothing half done.
unpack=$private/unpack
rm -rf "$unpack"
mkdir -p "$unpack"
(cd "$unpack" && apt-get -q -c "$private/apt.conf" source --only-source "micropython=$package") ||
    fail "the download from $mirror or the unpacking failed."
mv "$unpack"/micropython-*/ "$unpack/source"
echo "$package" >"$unpack/source/.version"
rm -rf "$directory"
mv "$unpack/source" "$directory"
rm -rf "$unpack"
