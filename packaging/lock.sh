#!/bin/sh
# Writes the lock files anew from pyproject.toml, for every platform and every supported Python.
# Versions that are locked stay as they are; UPGRADE=1 takes the newest that pyproject.toml allows.
set -eu
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

lock() {
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-annotate --no-header ${UPGRADE:+--upgrade} \
        pyproject.toml "$@" >/dev/null
}

# uv keeps the versions that it finds in the file it writes.
cp requirements/*.txt "$work"
lock --output-file "$work/runtime.txt"
# yattag comes as source only, which setup.sh does not install; cosmic-ray draws nothing but its web pages with it.
lock --group dev --constraint "$work/runtime.txt" --no-emit-package yattag --output-file "$work/development.txt"
lock --group package --constraint "$work/runtime.txt" --output-file "$work/package.txt"

for name in runtime development package; do
    if grep -nE '://|^ *-[-a-z]*(index|find-links|trusted-host)|[[:space:]]@[[:space:]]' "$work/$name.txt"; then
        echo "requirements/$name.txt would name a place to download from (above). Nothing was changed." >&2
        exit 1
    fi
    if ! grep -q 'hash=sha256:' "$work/$name.txt"; then
        echo "requirements/$name.txt would have no hashes. Nothing was changed." >&2
        exit 1
    fi
done

for name in runtime development package; do
    if cmp -s "$work/$name.txt" "requirements/$name.txt"; then
        echo "requirements/$name.txt is up to date"
    else
        cat "$work/$name.txt" >"requirements/$name.txt"
        echo "requirements/$name.txt was written anew"
    fi
done
