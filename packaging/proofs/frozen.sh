#!/bin/sh
# Proves dist/signoff on this machine: checks itself with nothing on PATH, out of a folder with a hard name that cannot
# be written to, then does the main job in its real window. Needs Xvfb and xdotool.
set -eu
exec </dev/null
cd "$(dirname "$0")/../.."

work=$(mktemp -d)
display=
mounted=
finish() {
    [ -z "$mounted" ] || umount "$mounted"
    chmod -R u+w "$work"
    rm -rf "$work"
    [ -z "$display" ] || kill "$display" 2>/dev/null || true
}
trap finish EXIT

number=${PROOF_DISPLAY:-99}
Xvfb ":$number" -screen 0 1400x900x24 >/dev/null 2>&1 &
display=$!

long=$(printf 'l%.0s' $(seq 160))
there="$work/Büro & Söhne $long"
cp -r dist/signoff "$there"
chmod -R a-w "$there"
if [ "$(id -u)" = 0 ]; then # who may write everywhere is kept from it by a mount only
    if mount --bind "$there" "$there" 2>/dev/null; then
        mounted=$there
        mount -o remount,ro,bind "$there"
    fi
fi
if touch "$there/written" 2>/dev/null; then
    rm "$there/written"
    echo "root may not mount here, so a folder that cannot be written to is not part of this proof"
fi
mkdir "$work/home"
bare() { env -i PATH=/nonexistent HOME="$work/home" LC_ALL=C.UTF-8 "$@"; }

bare "$there/signoff" --version
bare DISPLAY=":$number" "$there/signoff" self-check --window
DISPLAY=":$number" .venv/bin/python packaging/proofs/main_job.py "$there/signoff"

# Without a display it says so, and ends.
if said=$(bare "$there/signoff" 2>&1); then
    echo "without a display it should have ended with an error" >&2
    exit 1
fi
echo "without a display: $said"
