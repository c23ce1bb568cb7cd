#!/bin/sh
# Prints the Python that Signoff is set up with: the first one on PATH that is new enough and not too new for Qt.
# PYTHON=/path/to/python names one outright.
set -eu

suits() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' >/dev/null 2>&1
}

for candidate in ${PYTHON:+"$PYTHON"} python3 python3.13 python3.12 python3.11 python; do
    if suits "$candidate"; then
        command -v "$candidate"
        exit 0
    fi
    if [ "$candidate" = "${PYTHON:-}" ]; then
        break
    fi
done

{
    echo "Signoff needs Python 3.11, 3.12 or 3.13, and none of them was found."
    if [ -n "${PYTHON:-}" ]; then
        echo "PYTHON is set to '$PYTHON', which is none of them: $("$PYTHON" --version 2>&1 | head -n 1)"
    elif command -v python3 >/dev/null 2>&1; then
        echo "The python3 on this machine is: $(python3 --version 2>&1 | head -n 1)"
    fi
    if [ -z "${PYTHON:-}" ] && [ -e /etc/debian_version ]; then
        echo "Debian 12 or newer and Ubuntu 24.04 or newer have one:  sudo apt-get install -y python3 python3-venv"
    fi
    echo "With one that is not on PATH:  make PYTHON=/path/to/python3 setup"
} >&2
exit 1
