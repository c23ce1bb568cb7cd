#!/bin/sh
# Proves the .deb on a Debian of its own without Python: installs it, lets it check itself, removes it.
#
#   debian.sh [DEB]      needs root, debootstrap and Xvfb; writes below build/proofs/debian only
set -eu
exec </dev/null
cd "$(dirname "$0")/../.."

deb=${1:-$(ls dist/signoff_*.deb)}
root=$(pwd -P)/build/proofs/debian
suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
display=
finish() {
    umount "$root/proc" 2>/dev/null || true
    [ -z "$display" ] || kill "$display" 2>/dev/null || true
}
trap finish EXIT

[ -e "$root/usr/bin/apt-get" ] || debootstrap --variant=minbase "$suite" "$root" >/dev/null
cp "$deb" "$root/signoff.deb"
mount -t proc proc "$root/proc"

number=${PROOF_DISPLAY:-98}
Xvfb ":$number" -screen 0 1400x900x24 -listen tcp -ac >/dev/null 2>&1 &
display=$!

inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }

inside apt-get -qq update
inside apt-get -qq install -y --no-install-recommends /signoff.deb >/dev/null
if inside sh -c 'command -v python3'; then
    echo "there is a Python in there, so this proves nothing" >&2
    exit 1
fi
inside signoff --version
inside env "DISPLAY=127.0.0.1:$number" signoff self-check --window
mkdir -p "$root/root/.local/share/Signoff"
echo kept >"$root/root/.local/share/Signoff/proof"
inside apt-get -qq remove -y signoff >/dev/null
[ ! -e "$root/opt/signoff" ] && [ -e "$root/root/.local/share/Signoff/proof" ]
echo "removed, and what the user had is still there"
