# Sourced by the scripts: what to do when the system lacks something.

stop() {
    echo "$*" >&2
    exit 1
}

# need WHAT PACKAGE...: installs the Debian packages, or stops with the line that names them.
need() {
    local what=$1
    shift
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        stop "$what missing. Install these packages and run again: sudo apt-get install -y --no-install-recommends $*"
    fi
    echo "$what missing: installing $* ..."
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >/dev/null || true # an old package list may do; the next line says if not
    apt-get install -y -qq --no-install-recommends "$@" >/dev/null ||
        stop "apt-get could not install: $*"
}
