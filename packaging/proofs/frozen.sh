#!/bin/sh
# Proves dist/signoff on this machine: checks itself with nothing on PATH, out of a folder with a hard name that cannot
# be written to, then does the main job in its real window. What this machine has no tool for is named and left out.
set -eu
exec </dev/null
cd "$(dirname "$0")/../.."

# A mount that nobody else sees, and that ends with this proof however it ends: root may write everywhere else.
if [ "$(id -u)" = 0 ] && [ -z "${MOUNTS_ARE_OWN:-}" ] && unshare --mount --propagation private true 2>/dev/null; then
    MOUNTS_ARE_OWN=yes exec unshare --mount --propagation private sh "$0" "$@"
fi

. packaging/proofs/screen.sh
work=$(mktemp -d)
finish() {
    close_screen
    # How the proof ended counts, not how it was tidied up.
    [ -z "${mounted:-}" ] || umount --lazy "$mounted" || true
    chmod -R u+w "$work" && rm -rf "$work" || true
}
trap finish EXIT

there="$work/Büro & Söhne $(printf 'l%.0s' $(seq 200))"
cp -r dist/signoff "$there"
chmod -R a-w "$there"
if [ -n "${MOUNTS_ARE_OWN:-}" ] && mount --bind "$there" "$there" 2>/dev/null; then
    mounted=$there
    mount -o remount,ro,bind "$there" 2>/dev/null || true
fi
if touch "$there/written" 2>/dev/null; then
    rm "$there/written"
    echo "left out: a folder that cannot be written to, since root may write everywhere here and may not mount"
fi
mkdir "$work/home"
# Nothing takes longer than two minutes, or it hangs.
bare() { timeout --kill-after=10 120 env -i PATH=/nonexistent HOME="$work/home" LC_ALL=C.UTF-8 "$@"; }

bare "$there/signoff" --version
if can_open_screen; then
    open_screen
    bare DISPLAY="$screen" "$there/signoff" self-check --window
else
    echo "left out: the window on a screen, since Xvfb cannot be had here"
    bare QT_QPA_PLATFORM=offscreen "$there/signoff" self-check --window
fi

# Without a display it says so, and ends.
if said=$(bare "$there/signoff" 2>&1); then
    echo "without a display it should have ended with an error" >&2
    exit 1
fi
echo "without a display: $said"

if [ -n "$screen" ] && command -v xdotool >/dev/null 2>&1; then
    DISPLAY="$screen" .venv/bin/python packaging/proofs/main_job.py \
        ${PROOF_PICTURE:+--screenshot "$PROOF_PICTURE"} "$there/signoff"
else
    echo "left out: the main job by keys, since Xvfb or xdotool cannot be had here"
fi
