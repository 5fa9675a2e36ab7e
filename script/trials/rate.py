"""Mails a second of the portal's outbox against one task per mail, over the same worker and mail server.

On SQLite with the filesystem broker and on PostgreSQL with Redis, each in a folder of its own. A rate is counted from
the first mail that arrives to the last; planning and starting up are not in it, the portal's own bell is.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from script.trials import servers  # noqa: E402
from script.trials.servers import Server  # noqa: E402

BACKENDS = {"sqlite": "SQLite, filesystem broker", "postgresql": "PostgreSQL, Redis"}
LONGEST = 150.0  # a way that needs longer is counted by what it sent until then


def main() -> None:
    parser = argparse.ArgumentParser(prog="script/bench reminders", description=__doc__)
    parser.add_argument("--number", type=int, default=5000, help="reminders (5000)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="portal-rate-") as name:
        Path(name).chmod(0o711)  # PostgreSQL's owner passes through
        results: dict[str, Any] = {
            backend: compare(Path(name), backend, options.number) for backend in BACKENDS
        }
    results |= {"number": options.number, "seconds": round(time.monotonic() - started, 1)}
    print(json.dumps(results, indent=1) if options.json else as_text(results))


def compare(folder: Path, backend: str, number: int) -> dict[str, Any]:
    """Both ways on one backend, one after the other."""
    ours = rate(folder / f"{backend}-outbox", backend, number, one_task_a_mail=False)
    peer = rate(folder / f"{backend}-tasks", backend, number, one_task_a_mail=True)
    return {"outbox": ours, "one_task_a_mail": peer, "ratio": round(ours["rate"] / peer["rate"], 2)}


def rate(folder: Path, backend: str, number: int, *, one_task_a_mail: bool) -> dict[str, Any]:
    """Send `number` reminders in a new folder; mails a second and what arrived."""
    folder.mkdir(mode=0o711)
    ports = {name: servers.free_port() for name in ("postgresql", "redis", "sink")}
    up: list[Server] = [servers.sink(folder, ports["sink"], 0.0)]
    database, broker = f"sqlite:///{folder}/portal.sqlite3", "filesystem://localhost"
    if backend == "postgresql":
        database = f"postgres://portal@127.0.0.1:{ports['postgresql']}/postgres"
        broker = f"redis://127.0.0.1:{ports['redis']}/0"
        up += [servers.postgresql(folder, ports["postgresql"]), servers.redis(folder, ports["redis"])]
    env = servers.environment(folder, database, broker, ports["sink"])
    try:
        for server in up:
            server.start()
        if backend == "postgresql":
            servers.wait_until(lambda: servers.answers(ports["postgresql"]), 30, "PostgreSQL answers")
        servers.manage(env, "owing.py", str(number))
        up.append(servers.worker(folder, env, "peer:app" if one_task_a_mail else "trial_app:app"))
        up[-1].start()
        if one_task_a_mail:
            servers.manage(env, "peer.py")
        else:
            up.append(servers.scheduler(folder, env, 1))
            up[-1].start()
        _wait(folder, number)
    finally:
        for server in reversed(up):
            server.kill()
    return _counted(folder)


def _wait(folder: Path, number: int) -> None:
    until = time.monotonic() + LONGEST
    while len(servers.delivered(folder)) < number and time.monotonic() < until:
        time.sleep(0.5)


def _counted(folder: Path) -> dict[str, Any]:
    mails = servers.delivered(folder)
    seconds = mails[-1][2] - mails[0][2]
    return {
        "mails": len(mails),
        "repeated": len(mails) - len({to for _, to, _ in mails}),
        "seconds": round(seconds, 1),
        "rate": round((len(mails) - 1) / seconds, 1),
    }


def as_text(results: dict[str, Any]) -> str:
    lines = [f"{results['number']} reminders to a local mail server:"]
    for backend, label in BACKENDS.items():
        row = results[backend]
        for way, words in (("outbox", "the portal's outbox"), ("one_task_a_mail", "one task per mail")):
            lines.append(
                f"  {label:<26} {words:<20} {row[way]['mails']:>5} mails in {row[way]['seconds']:6.1f} s"
                f"   {row[way]['rate']:7.1f} a second, {row[way]['repeated']} repeated"
            )
        lines.append(f"  {label:<26} ratio {row['ratio']:.2f}")
    lines.append(f"Measured in {results['seconds']} s.")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
