#!/bin/sh
# mpy-make.sh - builds one of MicroPython's programs, outside MicroPython's tree.
#
# usage: tools/mpy-make.sh MPY_DIR PART PROGRAM BUILD_DIR OUTPUT [VARIABLE=VALUE...] [TARGET]
#
#   MPY_DIR    MicroPython's source; nothing is written there
#   PART       the directory in it to run make in: ports/unix, mpy-cross; or a port of ours, by its absolute path
#   PROGRAM    the name its makefile gives to the program; or to an object, with TARGET, its path
#   BUILD_DIR  objects and generated headers
#   OUTPUT     where the finished program goes, replaced in one step
#
# Compiles with as many jobs as there are processors (JOBS=n for another number).

set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
mpy=$(cd "$1" && pwd)
part=$2
case $part in
/*) part_dir=$part ;;
*) part_dir=$mpy/$part ;;
esac
program=$3
mkdir -p "$4"
build=$(cd "$4" && pwd)
output=$5
shift 5

# MicroPython's makefiles notice changed and added files. What they do not notice is written down here
# and compared: other settings or a source that is gone (start anew), other modules to freeze (freeze anew).
list_inputs() {
    {
        printf '%s\n' "$mpy" "$@"
        [ "$part" = mpy-cross ] || find "$top/aioservice" -name '*.c' -o -name '*.py'
    } | LC_ALL=C sort
}

forget_outdated() {
    [ -f "$build/inputs" ] || return 0
    gone=$(LC_ALL=C comm -23 "$build/inputs" "$build/inputs.new")
    new_settings=$(LC_ALL=C comm -13 "$build/inputs" "$build/inputs.new" | grep '=' || true)
    if [ -n "$new_settings" ] || echo "$gone" | grep -qv -e '\.py$' -e '^$'; then
        find "$build" -mindepth 1 -maxdepth 1 ! -name inputs.new -exec rm -rf {} +
    elif ! cmp -s "$build/inputs" "$build/inputs.new"; then
        rm -rf "$build/frozen_content.c" "$build/frozen_mpy"
    elif [ -f "$build/frozen_content.c" ] && [ -n "$(newer_code)" ]; then
        rm "$build/frozen_content.c"
    fi
}

# What is frozen defines the names that the code has not; that the code has more of them now goes unnoticed.
newer_code() {
    find "$top/aioservice" "$top/ports" -name '*.[ch]' -newer "$build/frozen_content.c"
}

list_inputs "$@" >"$build/inputs.new"
forget_outdated
mv "$build/inputs.new" "$build/inputs"

# The outer make's flags and variables are not meant for MicroPython.
unset MAKEFLAGS MFLAGS MAKELEVEL MPY_DIR MPY_VERSION MPY_BUILD MANIFEST TOP MPY
# MicroPython asks git for its version: it must not be told ours when its source lies inside our tree.
GIT_CEILING_DIRECTORIES=$(dirname "$mpy")
export GIT_CEILING_DIRECTORIES
# Python's caches would be written next to MicroPython's tools.
export PYTHONDONTWRITEBYTECODE=1

# What the linker warns of is in the log each time, not only after a change.
rm -f "$build/$program"

make -C "$part_dir" -j "${JOBS:-$(getconf _NPROCESSORS_ONLN)}" ${V:+V=$V} STRIP= BUILD="$build" "$@"

cp "$build/$program" "$output.new"
mv "$output.new" "$output"
