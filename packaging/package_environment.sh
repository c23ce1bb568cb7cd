#!/bin/sh
# Makes build/package/env, from which the program is frozen: what the locks name for running and freezing, nothing else.
# Does nothing, quickly, when nothing changed since the last time.
set -eu
unset PYTHONHOME PYTHONPATH
cd "$(dirname "$0")/.."

environment=build/package/env
stamp=$environment/signoff-setup
wanted="place $(pwd -P)
requirements $(cksum <requirements/package.txt)
project $(cksum <pyproject.toml)"

if [ -e "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then
    exit 0
fi

pip() {
    PIP_USER=0 PIP_DISABLE_PIP_VERSION_CHECK=1 "$environment/bin/python" -m pip install --quiet --no-input --no-deps "$@"
}

mkdir -p build/package
# What is bundled is what this machine has: without these the package would have no window.
sh packaging/system_libraries.sh package "$(sh packaging/find_python.sh)"
"$(sh packaging/find_python.sh)" -m venv --clear "$environment"
# Downloads fail now and then.
pip --require-hashes --only-binary :all: -r requirements/package.txt ||
    pip --require-hashes --only-binary :all: -r requirements/package.txt
# For its metadata: the modules are taken from this checkout.
pip --no-build-isolation .
printf '%s\n' "$wanted" >"$stamp"
