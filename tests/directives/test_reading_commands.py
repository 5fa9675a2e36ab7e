"""`read_document`, `read_citation`, `read_deadline`: JSON Lines from an empty environment, without a database."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.directives.test_reading import PLAN

ROOT = Path(__file__).resolve().parents[2]


def manage(tmp_path: Path, *arguments: str, said: str = "", **environment: str) -> list[str]:
    """Run a command as people do; the database it is told of cannot be opened."""
    done = subprocess.run(
        [sys.executable, ROOT / "manage.py", *arguments],
        input=said.encode(),
        capture_output=True,
        check=False,
        cwd=tmp_path,
        env={
            "PATH": os.environ["PATH"],
            "DATA_DIR": str(tmp_path / "var"),
            "DATABASE_URL": "sqlite:////nowhere/at/all.sqlite3",
            **environment,
        },
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().removesuffix("\n").split("\n")


def test_every_file_is_one_line_and_one_that_fails_stops_nothing(tmp_path):
    (tmp_path / "kh.docx").write_bytes(PLAN)
    lines = manage(tmp_path, "read_document", "kh.docx", "khong-co.pdf", "kh.docx", "--json")
    first, missing, again = map(json.loads, lines)
    assert first == again
    assert list(first) == ["file", "header", "citations", "obligations", "warnings"]
    assert list(first["citations"][0]) == ["kind", "code", "issued_on", "issuer", "span", "note"]
    assert first["header"]["code"] == "12/KH-BYT"
    assert missing["citations"] == missing["obligations"] == []
    assert "khong-co.pdf" in missing["warnings"][0]
    assert "BỘ Y TẾ" in lines[0]  # letters are not escaped


def test_without_json_it_is_said_in_words(tmp_path):
    (tmp_path / "kh.docx").write_bytes(PLAN)
    lines = manage(tmp_path, "read_document", "kh.docx")
    assert lines[0].startswith("kh.docx: KH · 12/KH-BYT · 2025-03-05")
    assert "  viện dẫn 86-KL/TW 2024-07-10" in lines


def test_fragments_answer_line_by_line(tmp_path):
    said = "Kết luận \\n226-KL/TU, ngày 30/12/2022\r\n\nkhóa\u2028XIII\nCV 12/BYT-VP\t2025-01-01"
    found = [json.loads(line) for line in manage(tmp_path, "read_citation", "--json", said=said, LC_ALL="C")]
    assert [[each["code"] for each in line["citations"]] for line in found] == [
        ["226-KL/TU"],
        [],
        [],
        ["12/BYT-VP"],
    ]
    assert found[0]["citations"][0]["span"] == [0, 36]


def test_deadlines_answer_line_by_line(tmp_path):
    said = "trước ngày 20/10\t2025-01-05\nkịp thời\ntrước 17h00 ngày 5/6/2025\nđịnh kỳ trước ngày 25 hằng tháng\n"
    lines = manage(tmp_path, "read_deadline", "--json", said=said, PYTHONIOENCODING="ascii")
    assert [json.loads(line) for line in lines] == [
        {"due": "2025-10-20", "boundary": "before", "time": None, "recurrence": None},
        {"due": None, "boundary": "none", "time": None, "recurrence": None},
        {"due": "2025-06-05", "boundary": "by_time", "time": "17:00", "recurrence": None},
        {"due": None, "boundary": "recurring", "time": None, "recurrence": "monthly:25"},
    ]
