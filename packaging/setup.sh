#!/bin/sh
# Makes .venv ready, so that .venv/bin/signoff is the program.
#
#   setup.sh offscreen|window|tests    what it is for: Qt without a screen, a real window, or the tests and their keyring
#
# Does nothing, quickly, when nothing changed since the last time.
set -eu
unset PYTHONHOME PYTHONPATH

kind=$1
cd "$(dirname "$0")/.."
stamp=.venv/signoff-setup

# The scripts in an environment name its folder, so one that was moved or copied is made anew.
wanted="place $(pwd -P)
requirements $(cksum <requirements/development.txt)
project $(cksum <pyproject.toml)"

environment_works() {
    .venv/bin/python -c 'import sys, pip; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' >/dev/null 2>&1
}

environment_was_moved() {
    [ -e "$stamp" ] && [ "$(head -n 1 "$stamp")" != "$(printf '%s\n' "$wanted" | head -n 1)" ]
}

pip() {
    # --isolated is not used: a company's own index and certificates are named in pip's settings.
    PIP_USER=0 PIP_DISABLE_PIP_VERSION_CHECK=1 .venv/bin/python -m pip install --quiet --no-input --no-deps "$@"
}

if environment_works && ! environment_was_moved; then
    python=.venv/bin/python
else
    python=$(sh packaging/find_python.sh)
fi

libraries_are_there=yes
sh packaging/system_libraries.sh "$kind" "$python" || libraries_are_there=

if [ "$python" != .venv/bin/python ]; then
    if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        echo "Without those packages $python cannot make an environment. Then run make again." >&2
        exit 1
    fi
    echo "Setting up .venv with $("$python" --version) ($python)" >&2
    "$python" -m venv --clear .venv
fi

if ! [ -e "$stamp" ] || [ "$(cat "$stamp")" != "$wanted" ]; then
    if [ -e "$stamp" ]; then
        echo "Bringing .venv up to date" >&2
    else
        echo "Installing what Signoff needs into .venv (about 500 MB, half a minute)" >&2
    fi
    rm -f "$stamp"
    pip --require-hashes --only-binary :all: -r requirements/development.txt
    pip --no-build-isolation --editable .
    printf '%s\n' "$wanted" >"$stamp"
    echo "Ready: .venv/bin/signoff" >&2
fi

if [ -z "$libraries_are_there" ]; then
    if ! reason=$(QT_QPA_PLATFORM=offscreen .venv/bin/python -c '
from PySide6.QtWidgets import QApplication
QApplication([])' 2>&1); then
        echo "Without those packages Qt cannot be loaded:" >&2
        printf '%s\n' "$reason" | tail -n 1 >&2
        exit 1
    fi
fi
