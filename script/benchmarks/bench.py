"""Ratios measured side by side in one run: pages against a bare view, queries by size, report in pieces.

Each database lives in a folder of its own that is thrown away at the end.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        results = {
            "pages": pages(Path(folder)),
            "queries": queries(Path(folder)),
            "report": step("report.py", Path(folder) / "report"),
        }
    results["seconds"] = round(time.monotonic() - started, 1)
    print(json.dumps(results, ensure_ascii=False, indent=1) if options.json else as_text(results))


def step(script: str, data: Path, *arguments: str) -> Any:
    """Run one measuring script in a process of its own, with its own data, and read the JSON it prints."""
    data.mkdir(parents=True, exist_ok=True)
    run = subprocess.run(
        [sys.executable, str(HERE / script), *arguments],
        env={**environment(data), "PYTHONPATH": f"{ROOT}:{HERE}"},
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return json.loads(run.stdout.strip().splitlines()[-1])


def environment(data: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, "DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "bench_settings", "LOG_LEVEL": "ERROR"}


def pages(folder: Path) -> dict[str, Any]:
    """(a) office dashboard and unit home, with the demo and with 3 500 units × 10 years."""
    with ThreadPoolExecutor(2) as hands:  # filling is not measured
        for work in [
            hands.submit(step, "populate.py", folder / "demo", "demo"),
            hands.submit(step, "populate.py", folder / "large", "3500", "10"),
        ]:
            work.result()
    return {name: step("pages.py", folder / name) for name in ("demo", "large")}


def queries(folder: Path) -> dict[str, dict[str, int]]:
    """(b) queries of the main pages at 10 and at 1 000 units."""
    found: dict[str, dict[str, int]] = {}
    for size in ("10", "1000"):
        step("populate.py", folder / f"units-{size}", size, "2")
        for page, number in step("queries.py", folder / f"units-{size}").items():
            found.setdefault(page, {})[size] = number
    return found


def as_text(results: dict[str, Any]) -> str:
    lines = ["Pages against a bare view with the same login check and the same bytes (median, same server):"]
    for name, rows in results["pages"].items():
        for row in rows:
            lines.append(
                f"  {name:<6} {row['page']:<16} {row['milliseconds']:7.1f} ms   bare {row['bare_milliseconds']:6.1f} ms"
                f"   ratio {row['ratio']:5.2f}   {row['bytes']} bytes"
            )
    lines.append("SQL queries of a page at 10 and at 1 000 units:")
    for page, sizes in results["queries"].items():
        lines.append(f"  {page:<28} {sizes['10']:>4} {sizes['1000']:>6}")
    report = results["report"]
    lines.append("Report of 134 units × 1 300 words:")
    for way in ("in_pieces", "one_unit_edited", "one_piece"):
        row = report[way]
        lines.append(
            f"  {way:<18} {row['seconds']:7.2f} s   {row['peak_memory_mb']:6} MB   {row['pages']} pages"
            f"   time ratio to one piece {row['ratio']:5.2f}"
        )
    lines.append(f"Measured in {results['seconds']} s.")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
