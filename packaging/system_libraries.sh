#!/bin/sh
# The system packages that Qt needs and pip cannot bring, on Debian and its relatives. Elsewhere this does nothing.
#
#   system_libraries.sh [--check] offscreen|window|tests|package|proof|debian|wine PYTHON
#
# The last four are for freezing the program, for proving it, and for proving its packages on a bare Debian and under wine.
# Installs what is missing if it may (as root, or where sudo asks no password), otherwise prints the one command that
# does. --check only prints the missing packages, one a line. Ends with 1 where something is still missing.
# A package counts as missing when PYTHON cannot load its library (or its program is not on PATH) and dpkg does not
# list it, so what came some other way is left alone, and apt is never called when all is there.
set -eu
unset PYTHONHOME PYTHONPATH

check_only=
if [ "${1:-}" = --check ]; then
    check_only=yes
    shift
fi
kind=$1
python=$2

[ -e /etc/debian_version ] && command -v apt-get >/dev/null 2>&1 && command -v dpkg-query >/dev/null 2>&1 || exit 0
export LC_ALL=C DEBIAN_FRONTEND=noninteractive

# package, and the library by which it is known
offscreen_libraries="
libglib2.0-0       libglib-2.0.so.0
libgl1             libGL.so.1
libegl1            libEGL.so.1
libfontconfig1     libfontconfig.so.1
libxkbcommon0      libxkbcommon.so.0
libdbus-1-3        libdbus-1.so.3
"
window_libraries="
libxkbcommon-x11-0 libxkbcommon-x11.so.0
libxcb-cursor0     libxcb-cursor.so.0
libxcb-icccm4      libxcb-icccm.so.4
libxcb-keysyms1    libxcb-keysyms.so.1
libxcb-shape0      libxcb-shape.so.0
"

# package, and the program by which it is known: a keyring for the tests, on a session bus of their own
tests_programs="
gnome-keyring      gnome-keyring-daemon
dbus-daemon        dbus-run-session
"
# what PyInstaller reads libraries with
package_programs="
binutils           objdump
"
# a screen and hands for a packaged program
proof_programs="
xvfb               Xvfb
xdotool            xdotool
"
debian_programs="
xvfb               Xvfb
debootstrap        debootstrap
squashfs-tools     mksquashfs
"
wine_programs="
xvfb               Xvfb
xdotool            xdotool
wine               wine
nsis               makensis
wixl               wixl
gcc-mingw-w64-x86-64 x86_64-w64-mingw32-gcc
unzip              unzip
"

is_installed() {
    dpkg-query -W -f '${db:Status-Status}\n' "$1" "$1t64" 2>/dev/null | grep -qx installed
}

# Without any font every character is a box, and Qt says nothing. A font of pictures alone does not count.
a_font_is_there() {
    for folder in /usr/share/fonts /usr/local/share/fonts "${HOME:-/nowhere}/.fonts" \
        "${XDG_DATA_HOME:-${HOME:-/nowhere}/.local/share}/fonts"; do
        [ -d "$folder" ] || continue
        found=$(find -L "$folder" -type f \( -name '*.[to]tf' -o -name '*.ttc' \) ! -iname '*emoji*' 2>/dev/null | head -n 1)
        [ -z "$found" ] || return 0
    done
    return 1
}

libraries=$offscreen_libraries$window_libraries
programs=
case $kind in
    offscreen) libraries=$offscreen_libraries ;;
    tests) libraries=$offscreen_libraries programs=$tests_programs ;;
    package) programs=$package_programs ;;
    proof) programs=$proof_programs ;;
    debian) programs=$debian_programs ;;
    wine) programs=$wine_programs ;;
esac

# Debian keeps the part of Python that makes environments in a package of its own.
# $libraries is split into words on purpose: package, library, package, library.
# shellcheck disable=SC2086
suspects=$("$python" - $libraries <<'END'
import ctypes, importlib.util, sys

if importlib.util.find_spec("ensurepip") is None:
    print(f"python{sys.version_info[0]}.{sys.version_info[1]}-venv")
for package, library in zip(sys.argv[1::2], sys.argv[2::2]):
    try:
        ctypes.CDLL(library)
    except OSError:
        print(package)
END
)
a_font_is_there || suspects="$suspects fonts-dejavu-core"
if [ -n "$programs" ]; then
    # shellcheck disable=SC2086
    set -- $programs
    while [ $# -gt 0 ]; do
        command -v "$2" >/dev/null 2>&1 || suspects="$suspects $1"
        shift 2
    done
fi

missing=
for package in $suspects; do
    is_installed "$package" || missing="$missing $package"
done
missing=${missing# }
[ -n "$missing" ] || exit 0

if [ "$check_only" ]; then
    printf '%s\n' "$missing" | tr ' ' '\n'
    exit 1
fi

# apt's name of a library that was renamed for 64-bit time is asked for only now: it takes apt half a second.
apt_knows() {
    apt-cache policy "$1" 2>/dev/null | grep -q 'Candidate: [^(]'
}

all_known() {
    for package in $missing; do
        apt_knows "$package" || apt_knows "${package}t64" || return 1
    done
}

names_for_apt() {
    names=
    for package in $missing; do
        if apt_knows "${package}t64"; then
            package=${package}t64
        fi
        names="$names $package"
    done
    printf '%s\n' "${names# }"
}

if [ "$(id -u)" = 0 ]; then
    as_root=
elif command -v sudo >/dev/null 2>&1 && sudo -n true >/dev/null 2>&1; then
    as_root="sudo -n"
else
    update=
    all_known || update="apt-get update && sudo "
    echo "Some system packages are missing, and installing them is for the administrator. This one command does it:" >&2
    echo >&2
    echo "    sudo ${update}apt-get install -y --no-install-recommends $(names_for_apt)" >&2
    echo >&2
    exit 1
fi

apt() {
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120 "$@" </dev/null >"$log" 2>&1
}

install_missing() {
    # shellcheck disable=SC2046
    apt install -y --no-install-recommends $(names_for_apt)
}

log=$(mktemp)
trap 'rm -f "$log"' EXIT
echo "Installing the system packages that are missing: $missing" >&2
updated=
if ! all_known; then
    updated=yes
    apt update || true
fi
if install_missing; then
    exit 0
fi
if [ -z "$updated" ]; then # an old package list names files that are gone
    apt update || true
    if install_missing; then
        exit 0
    fi
fi
tail -n 15 "$log" >&2
echo "They could not be installed. This is the command that failed:" >&2
echo >&2
echo "    ${as_root:+sudo }apt-get install -y --no-install-recommends $(names_for_apt)" >&2
echo >&2
exit 1
