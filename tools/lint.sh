#!/bin/sh
# lint.sh - checks the source code without running it.
#
# usage: tools/lint.sh     (called by `make lint`, which sets the environment)
#
# Runs every check, prints what each finds, and exits with 1 if one of them found something.

cd "$(dirname "$0")/.." || exit 1
failed=0

# check LABEL COMMAND...
check() {
    label=$1
    shift
    [ "${SILENT:-}" = 1 ] || echo "  lint: $label"
    if ! "$@"; then
        echo "failed: $label" >&2
        failed=1
    fi
}

c_files() {
    find aioservice tests ports bench tools -name '*.[ch]'
}

check_format() {
    result=0
    for file in $(c_files); do
        if ! clang-format --dry-run -Werror "$file" 2>/dev/null; then
            echo "$file: not in its format (make format)"
            result=1
        fi
    done
    return $result
}

check_shell() {
    for script in tools/*.sh; do
        sh -n "$script" || return
    done
    bash -n .ci/run
}

check_c() {
    # That newer versions look at a part of the branches only is a note, but would count as an error.
    find aioservice/core -name '*.c' | xargs -r cppcheck --quiet --error-exitcode=1 --inline-suppr \
        --enable=warning,performance,portability --suppress=normalCheckLevelMaxBranches --std=c11 -Iaioservice
}

check "C format" check_format
check "layers" "$PYTHON" tools/check_layers.py
check "rooms" "$PYTHON" tools/check_rooms.py
check "switches" "$PYTHON" tools/check_switches.py
check "stubs in headers" "$PYTHON" tools/check_stubs.py
check "tables" "$PYTHON" tools/check_tables.py
check "white space and Python syntax" "$PYTHON" tools/check_text.py
check "shell syntax" check_shell
check "cppcheck" check_c
exit $failed
