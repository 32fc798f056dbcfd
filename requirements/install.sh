#!/bin/sh
# Make the environment in .venv and install a lock into it:
#     sh requirements/install.sh product|develop
# uv does it in seconds; pip puts uv there and stands in for it where it does not run.
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}
lock=requirements/$1.txt
env_python=.venv/bin/python

fail() {
    echo "$*" >&2
    exit 1
}

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

# Debian's python3 has no pip of its own until python3-venv is installed; uv comes
# without it, so an environment without pip will do.
make_environment() {
    rm -rf .venv
    "$python" -m venv .venv >/dev/null 2>&1 && return
    rm -rf .venv
    "$python" -m venv --without-pip .venv >/dev/null 2>&1 && return
    install_debian_venv
    "$python" -m venv .venv
}

install_debian_venv() {
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get update -qq
        apt-get install -y -qq --no-install-recommends python3-venv && return
    fi
    fail "$python cannot make an environment. Install its venv module" \
        "(on Debian, as root: apt-get install python3-venv) and try again."
}

has_pip() {
    "$env_python" -m pip --version >/dev/null 2>&1
}

get_uv() {
    wanted=$(sed -n 's/^uv==\([^ ]*\).*/\1/p' requirements/uv.txt)
    case $(.venv/bin/uv --version 2>/dev/null) in "uv $wanted"*) return ;; esac
    if has_pip; then
        "$env_python" -m pip install --quiet --disable-pip-version-check \
            --require-hashes --only-binary :all: -r requirements/uv.txt
    else
        "$env_python" requirements/fetch_uv.py
    fi
}

# The system's certificates first: behind a proxy that opens TLS only they will do. A
# system that has none leaves uv to the ones it brings.
install_with_uv() {
    get_uv || return 1
    for system_certs in true false; do
        UV_SYSTEM_CERTS=$system_certs UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy \
            .venv/bin/uv pip install --quiet --python "$env_python" \
            --require-hashes -r "$lock" && return
    done
    return 1
}

install_with_pip() {
    has_pip || return 1
    echo "uv does not work here; pip takes about a minute." >&2
    "$env_python" -m pip install --quiet --disable-pip-version-check \
        --require-hashes -r "$lock"
}

command -v "$python" >/dev/null ||
    fail "Counterclaim needs Python 3.11 or newer, and there is no $python here."
new_enough "$python" ||
    fail "Counterclaim needs Python 3.11 or newer, and $python is" \
        "$("$python" --version 2>&1). Name another: make demo PYTHON=python3.12"
[ -f "$lock" ] || fail "there is no $lock"

new_enough "$env_python" || make_environment
echo "Installing $lock into .venv ..."
install_with_uv || install_with_pip ||
    fail "The packages in $lock could not be installed; the lines above say why." \
        "Nothing is lost: the next try goes on from here."
