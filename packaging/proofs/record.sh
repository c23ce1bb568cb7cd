#!/bin/sh
# Remembers for which state of packaging/ a proof was brought last, in packaging/proofs/proved.txt, which is committed.
#
#   record.sh state               what is here now, which a proof asks for before it begins
#   record.sh write NAME STATE    NAME was proved for that
#   record.sh holds NAME          whether it was proved for what is here now: ends with 0 or 1
set -eu
cd "$(dirname "$0")/../.."
record=packaging/proofs/proved.txt

# Everything by which packages are made, and nothing that only speaks of it, or makes what is committed as it is. The
# manual page is words: tests hold it to the commands and to mandoc.
state() {
    find packaging requirements/package.txt -type f ! -name '*.pyc' ! -name '*.md' ! -path "$record*" \
        ! -name catalogues.py ! -name lock.sh ! -name record.sh ! -name signoff.1.in | LC_ALL=C sort |
        while read -r file; do sha256sum "$file"; done | sha256sum | cut -d ' ' -f 1
}

case $1 in
    state) state ;;
    holds) grep -qx "$2 $(state)" "$record" 2>/dev/null ;;
    write)
        kept=$(grep -v "^$2 " "$record" 2>/dev/null || true)
        { [ -z "$kept" ] || echo "$kept"; echo "$2 $3"; } | LC_ALL=C sort >"$record.new"
        mv "$record.new" "$record"
        ;;
esac
