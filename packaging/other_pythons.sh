#!/bin/sh
# Runs the quick tests on each other Python of those that Signoff names, where this machine has it: on PATH, in /usr/bin
# or from pyenv. Each gets an environment of its own under build, from the hashed lock. One that is not here, or whose
# environment cannot be made, is named and skipped; a test that fails is a failure.
set -eu
unset PYTHONHOME PYTHONPATH
cd "$(dirname "$0")/.."

version_of() {
    "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || true
}

# The newest of pyenv's patch versions comes last.
find_one() {
    found=
    for candidate in $(ls -d "${PYENV_ROOT:-$HOME/.pyenv}/versions/$1".*/bin/python 2>/dev/null | sort -V) \
        "/usr/bin/python$1" "$(command -v "python$1" || true)"; do
        # pyenv's own stand-ins on PATH answer only for versions that are switched on.
        if [ "$(version_of "${candidate:-false}")" = "$1" ]; then
            found=$candidate
        fi
    done
    printf '%s\n' "$found"
}

environment_of() {
    made=build/python$1
    wanted="$2 $(cksum <requirements/development.txt) $(cksum <pyproject.toml)"
    if [ -e "$made/signoff-setup" ] && [ "$(cat "$made/signoff-setup")" = "$wanted" ]; then
        return
    fi
    rm -rf "$made"
    "$2" -m venv "$made" || return 1
    for what in "--require-hashes --only-binary :all: -r requirements/development.txt" "--no-build-isolation --editable ."; do
        # shellcheck disable=SC2086
        PIP_USER=0 PIP_DISABLE_PIP_VERSION_CHECK=1 \
            "$made/bin/python" -m pip install --quiet --no-input --no-deps $what || return 1
    done
    printf '%s\n' "$wanted" >"$made/signoff-setup"
}

mkdir -p build
result=0
own=$(version_of .venv/bin/python)
for version in 3.11 3.12 3.13; do
    [ "$version" != "$own" ] || continue
    python=$(find_one "$version")
    if [ -z "$python" ]; then
        echo "Python $version: skipped, this machine has none"
    elif ! environment_of "$version" "$python" >"build/python$version.log" 2>&1; then
        echo "Python $version: skipped, $python could not make an environment:"
        tail -n 3 "build/python$version.log"
    else
        echo "Python $version: the quick tests with $python"
        make --no-print-directory quick BIN="build/python$version/bin" || result=1
    fi
done
exit "$result"
