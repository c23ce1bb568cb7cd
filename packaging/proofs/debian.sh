#!/bin/sh
# Proves the .deb on a Debian of its own without Python: installs it, lets it check itself, refuses to be replaced while it
# runs, and is removed. What this machine has no tool or right for is named and left out.
#
#   debian.sh [DEB]      writes below build/proofs/debian only
set -eu
exec </dev/null
cd "$(dirname "$0")/../.."

deb=${1:-$(ls dist/signoff_*.deb)}
root=$(pwd -P)/build/proofs/debian
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' pyproject.toml)

leave_out() {
    echo "left out: the .deb on a bare Debian, since $1"
    exit 0
}

if [ -z "${MOUNTS_ARE_OWN:-}" ]; then
    [ "$(id -u)" = 0 ] || leave_out "only root may make one"
    sh packaging/system_libraries.sh debian .venv/bin/python || leave_out "its tools cannot be had here"
    unshare --mount --propagation private true 2>/dev/null || leave_out "this machine lets nobody mount"
    # What is mounted here is seen by nobody else, and ends with this proof however it ends.
    MOUNTS_ARE_OWN=yes exec unshare --mount --propagation private sh "$0" "$@"
fi

. packaging/proofs/screen.sh
state=$(sh packaging/proofs/record.sh state)
running=
finish() {
    [ -z "$running" ] || kill "$running" 2>/dev/null || true
    close_screen
}
trap finish EXIT

# Downloads fail now and then: what was loaded the first time is there the second.
twice() { "$@" || { echo "once more: $*"; sleep 5; "$@"; }; }
inside() {
    timeout --kill-after=10 600 \
        chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
}
bare_debian() {
    rm -rf "$root"
    mkdir -p "$root"
    # shellcheck source=/dev/null
    timeout --kill-after=10 1200 debootstrap --variant=minbase "$(. /etc/os-release && echo "$VERSION_CODENAME")" "$root"
}
log=build/proofs/debian.log
mkdir -p build/proofs
if ! [ -e "$root/signoff-proof" ]; then
    twice bare_debian >"$log" 2>&1 || { tail -n 5 "$log"; leave_out "debootstrap could not make one (above)"; }
    touch "$root/signoff-proof"
fi
mkdir -p "$root/tmp/.X11-unix" /tmp/.X11-unix
mount -t proc proc "$root/proc"
mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"
open_screen

cp "$deb" "$root/signoff.deb"
inside dpkg --purge signoff >/dev/null 2>&1 || true
twice inside apt-get -qq update >"$log" 2>&1 || { tail -n 5 "$log"; leave_out "no packages could be loaded (above)"; }
install() { inside apt-get -qq install -y --reinstall --no-install-recommends "$@" /signoff.deb >"$log" 2>&1; }
# What it depends on is loaded first, so that from then on a failure is one of the package.
twice install --download-only || { tail -n 5 "$log"; leave_out "no packages could be loaded (above)"; }
install || { cat "$log"; exit 1; }
if inside sh -c 'command -v python3'; then
    echo "there is a Python in there, so this proves nothing" >&2
    exit 1
fi
[ "$(inside signoff --version)" = "signoff $version" ]
[ "$(inside dpkg-query -W -f '${Version}' signoff)" = "$version" ]
inside env "DISPLAY=$screen" signoff self-check --window

# Its libraries are read as they are needed, so a program that runs would go on with those of another version.
chroot "$root" env -i HOME=/root LC_ALL=C.UTF-8 /usr/bin/signoff sandbox >"$root/sandbox.log" &
running=$!
waited=0
until grep -q http "$root/sandbox.log"; do
    [ "$waited" -lt 60 ] || { echo "the sandbox did not start" >&2; exit 1; }
    sleep 1
    waited=$((waited + 1))
done
if install || inside apt-get -qq remove -y signoff >"$log.removal" 2>&1; then
    echo "it was replaced or removed while it ran" >&2
    exit 1
fi
grep -m 1 'Signoff is open' "$log"
kill "$running"
wait "$running" || true
running=
install || { cat "$log"; exit 1; }

mkdir -p "$root/root/.local/share/Signoff"
echo kept >"$root/root/.local/share/Signoff/proof"
inside apt-get -qq remove -y signoff >"$log" 2>&1
[ ! -e "$root/opt/signoff" ] && [ -e "$root/root/.local/share/Signoff/proof" ]
echo "removed, and what the user had is still there"
sh packaging/proofs/record.sh write debian "$state"
