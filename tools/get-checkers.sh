#!/bin/sh
# get-checkers.sh - puts what checks the types of programs into a directory: mypy, pyright, MicroPython's stubs.
#
# usage: tools/get-checkers.sh DIRECTORY
#
# Leaves there
#   bin/mypy, bin/pyright       in a virtual environment; node, which pyright needs, is in it, too
#   PACKAGE/                    the stubs of that package, for each tools/checkers/PACKAGE.txt
#   .done                       when all of that is there
#
# All comes from PyPI, in the versions and with the hashes that tools/checkers/*.txt have. These files are made of
# the *.in beside them, in that folder:
#
#     pip-compile --generate-hashes --strip-extras --no-annotate --no-header NAME.in

set -eu
directory=$1
lists=$(cd "$(dirname "$0")/checkers" && pwd)

fail() {
    echo "Cannot get mypy, pyright and MicroPython's stubs: $1" >&2
    exit 1
}

rm -rf "$directory"
python3=/usr/bin/python3
[ -x $python3 ] || python3=python3
$python3 -m venv "$directory" || fail "python3 cannot make a virtual environment (package python3-venv)."

install() {
    "$directory/bin/pip" install --quiet --disable-pip-version-check --require-hashes "$@" ||
        fail "pip could not install them from PyPI."
}

install -r "$lists/checkers.txt"
for list in "$lists"/micropython-*.txt; do
    install --target "$directory/$(basename "$list" .txt)" -r "$list"
done
touch "$directory/.done"
