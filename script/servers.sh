# Sourced by script/chaos and script/bench reminders: what they need besides the portal.

. script/packages.sh
script/bootstrap --dev >&2
compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null || command -v initdb >/dev/null ||
    need "PostgreSQL" postgresql
command -v redis-server >/dev/null || need "Redis" redis-server
