#!/bin/sh
# quiet.sh - runs one step of the build and keeps its output out of sight.
#
# usage: tools/quiet.sh LABEL LOGFILE COMMAND...
#
# Prints LABEL, writes the command's output to LOGFILE, and shows the end of it if the command fails;
# its exit status is the command's. SILENT=1 leaves the label away, V=1 shows the output as it comes.

set -u
label=$1
log=$2
shift 2

[ "${SILENT:-}" = 1 ] || echo "  $label"

# Standard input may be for the program that `make run` starts in the end.
if [ "${V:-}" = 1 ]; then
    exec "$@" </dev/null
fi

mkdir -p "$(dirname "$log")"
"$@" >"$log" 2>&1 </dev/null
status=$?
if [ $status -ne 0 ]; then
    tail -n 60 "$log" >&2
    echo "failed: $label (all of the output is in $log)" >&2
fi
exit $status
