"""600 reminders while worker, scheduler, Redis and PostgreSQL are killed at random; two schedulers run.

Lost: people who owe and got no mail. Repeated: a mail that came again, with the same Message-ID. Doubled: a second mail
with another Message-ID. The run is right with 0 lost, 0 doubled and no more repeated than there were kills.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from script.trials import servers  # noqa: E402
from script.trials.servers import Server  # noqa: E402

SECONDS_A_MESSAGE = 0.1  # so slow that kills fall into the sending
LONGEST = 280.0
SHARES = {"worker": 6, "scheduler-1": 3, "scheduler-2": 3, "redis": 4, "postgresql": 4}  # of 20 kills


@dataclass(frozen=True)
class Kill:
    """What was killed, how many mails had arrived by then, and for how many seconds it stayed away."""

    target: str
    arrived: int
    away: float


def main() -> None:
    parser = argparse.ArgumentParser(prog="script/chaos reminders", description=__doc__)
    parser.add_argument("trial", choices=["reminders"])
    parser.add_argument("--number", type=int, default=600, help="reminders (600)")
    parser.add_argument("--kills", type=int, default=20, help="how often something is killed (20)")
    parser.add_argument(
        "--seed", type=int, default=None, help="of the random order; printed, so that it can be run again"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else random.SystemRandom().randrange(10**6)
    with tempfile.TemporaryDirectory(prefix="portal-chaos-") as name:
        folder = Path(name)
        folder.chmod(0o711)  # PostgreSQL's owner passes through
        result = run(folder, options.number, options.kills, random.Random(seed)) | {"seed": seed}  # noqa: S311
        if not result["right"]:
            _show_logs(folder)
    print(json.dumps(result, indent=1) if options.json else as_text(result))
    sys.exit(0 if result["right"] else 1)


def _show_logs(folder: Path) -> None:
    for log in sorted(folder.glob("*.log")):
        print(
            f"--- {log.name}", *log.read_text(errors="replace").splitlines()[-40:], sep="\n", file=sys.stderr
        )


def run(folder: Path, number: int, kills: int, chance: random.Random) -> dict[str, Any]:
    """The whole trial in an empty folder."""
    started = time.monotonic()
    ports = {name: servers.free_port() for name in ("postgresql", "redis", "sink")}
    env = servers.environment(
        folder,
        f"postgres://portal@127.0.0.1:{ports['postgresql']}/postgres",
        f"redis://127.0.0.1:{ports['redis']}/0",
        ports["sink"],
    )
    everything = {
        server.name: server
        for server in (
            servers.postgresql(folder, ports["postgresql"]),
            servers.redis(folder, ports["redis"]),
            servers.sink(folder, ports["sink"], SECONDS_A_MESSAGE),
            servers.worker(folder, env),
            servers.scheduler(folder, env, 1),
            servers.scheduler(folder, env, 2),
        )
    }
    try:
        for name in ("postgresql", "redis", "sink"):
            everything[name].start()
        servers.wait_until(lambda: servers.answers(ports["postgresql"]), 30, "PostgreSQL answers")
        servers.manage(env, "owing.py", str(number))
        for name in ("worker", "scheduler-1", "scheduler-2"):
            everything[name].start()
        servers.wait_until(lambda: servers.delivered(folder), 60, "The first mail arrives")
        killed = _kill_at_random(everything, folder, kills, chance)
        _wait_for_the_end(folder, number, started + LONGEST)
        ledger = json.loads(servers.manage(env, "ledger.py"))
    finally:
        for server in everything.values():
            server.kill()
    return _counted(folder, number, killed, ledger) | {"seconds": round(time.monotonic() - started, 1)}


def _targets(kills: int, chance: random.Random) -> list[str]:
    """What to kill, each by its share, in random order."""
    twenty = [name for name, share in SHARES.items() for _ in range(share)]
    targets: list[str] = []
    while len(targets) < kills:
        targets += chance.sample(twenty, len(twenty))
    return targets[:kills]


def _kill_at_random(
    everything: dict[str, Server], folder: Path, kills: int, chance: random.Random
) -> list[Kill]:
    killed = []
    for target in _targets(kills, chance):
        time.sleep(chance.uniform(1.5, 4.5))
        away = chance.uniform(0.2, 2.0)
        everything[target].kill()
        killed.append(Kill(target, len(servers.delivered(folder)), round(away, 1)))
        time.sleep(away)
        everything[target].start()
    return killed


def _wait_for_the_end(folder: Path, number: int, until: float) -> None:
    """Until everybody has a mail, and a while longer for those that come again."""
    while time.monotonic() < until:
        if len({to for _, to, _ in servers.delivered(folder)}) >= number:
            break
        time.sleep(0.5)
    time.sleep(max(0.0, min(15.0, until - time.monotonic())))


def _counted(folder: Path, number: int, killed: list[Kill], ledger: dict[str, int]) -> dict[str, Any]:
    mails = servers.delivered(folder)
    ids = {message for message, _, _ in mails}
    people = {to for _, to, _ in mails}
    lost, repeated, doubled = number - len(people), len(mails) - len(ids), len(ids) - len(people)
    sent = {channel: ledger.get(f"{channel} sent", 0) for channel in ("email", "in_app")}
    return {
        "planned": number,
        "delivered": len(people),
        "lost": lost,
        "repeated": repeated,
        "doubled": doubled,
        "kills": {name: sum(kill.target == name for kill in killed) for name in SHARES},
        "kills_while_sending": sum(kill.arrived < number for kill in killed),
        "ledger": ledger,
        "right": (
            lost == 0
            and doubled == 0
            and repeated <= len(killed)
            and sum(ledger.values()) == 2 * number
            and set(sent.values()) == {number}
        ),
    }


def as_text(result: dict[str, Any]) -> str:
    kills = ", ".join(f"{name} {count}" for name, count in result["kills"].items())
    return "\n".join(
        [
            f"planned {result['planned']}, delivered {result['delivered']}, lost {result['lost']}, "
            f"repeated {result['repeated']} (same Message-ID), doubled {result['doubled']} (another Message-ID)",
            f"killed: {kills}; {result['kills_while_sending']} of them before the last mail had arrived",
            f"ledger: {result['ledger']}",
            f"{'right' if result['right'] else 'WRONG'}, seed {result['seed']}, {result['seconds']} s",
        ]
    )


if __name__ == "__main__":
    main()
