"""Messages in a folder: whole or not there, taken once, swept when they are old."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection

from portal import broker
from portal.celery import app


def connection(folder: Path) -> Connection:
    for name in ("messages", "control"):
        (folder / name).mkdir(exist_ok=True)
    options = {
        "data_folder_in": str(folder / "messages"),
        "data_folder_out": str(folder / "messages"),
        "control_folder": str(folder / "control"),
        "polling_interval": 0.05,
    }
    return Connection(transport=broker.Transport, transport_options=options)


@pytest.fixture
def channel(tmp_path: Path) -> Iterator[broker.Channel]:
    with connection(tmp_path) as opened:
        yield opened.channel()


def test_filesystem_means_our_transport() -> None:
    assert app.connection_for_write("filesystem://localhost").transport_cls == "filesystem"
    assert isinstance(app.connection_for_write("filesystem://localhost").transport, broker.Transport)


def test_messages_come_back_in_order_and_once(channel: broker.Channel) -> None:
    channel._put("portal", {"body": "một"})
    channel._put("other", {"body": "khác"})
    channel._put("portal", {"body": "hai"})
    assert [channel._get("portal"), channel._get("portal")] == [{"body": "một"}, {"body": "hai"}]
    with pytest.raises(Empty):
        channel._get("portal")
    assert channel._size("other") == 1


def test_a_message_that_is_still_being_written_is_not_seen(channel: broker.Channel, tmp_path: Path) -> None:
    (tmp_path / "messages/0_x.portal.part").write_text('{"bo')
    with pytest.raises(Empty):
        channel._get("portal")


def test_an_unreadable_message_is_dropped_and_the_next_one_comes(
    channel: broker.Channel, tmp_path: Path
) -> None:
    (tmp_path / "messages/0_x.portal.msg").write_bytes(b"\xff{")
    channel._put("portal", {"body": "sau"})
    assert channel._get("portal") == {"body": "sau"}
    assert list((tmp_path / "messages").iterdir()) == []


def bind_and_send(folder: Path, sender: int) -> None:
    with connection(folder) as opened:
        queue = opened.SimpleQueue(f"queue-{sender}")
        for number in range(20):
            queue.put({"sender": sender, "number": number})


def take(folder: Path, wanted: int, taken: multiprocessing.Queue[int]) -> None:
    with connection(folder) as opened:
        channel = opened.channel()
        end = time.monotonic() + 20
        while time.monotonic() < end and wanted:
            try:
                taken.put(channel._get("portal")["number"])
            except Empty:
                time.sleep(0.005)


def test_two_processes_never_take_the_same_message(tmp_path: Path) -> None:
    with connection(tmp_path) as opened:
        channel = opened.channel()
        context = multiprocessing.get_context("fork")
        taken: multiprocessing.Queue[int] = context.Queue()
        takers = [context.Process(target=take, args=(tmp_path, 1, taken), daemon=True) for _ in range(2)]
        for taker in takers:
            taker.start()
        for number in range(200):
            channel._put("portal", {"number": number})
        got = sorted(taken.get(timeout=20) for _ in range(200))
        for taker in takers:
            taker.terminate()
    assert got == list(range(200))
    assert taken.empty()


def test_queues_bound_at_once_are_all_in_the_table(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    senders = [context.Process(target=bind_and_send, args=(tmp_path, number)) for number in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join(timeout=30)
    assert [sender.exitcode for sender in senders] == [0, 0, 0, 0]
    with connection(tmp_path) as opened:
        channel = opened.channel()
        assert [channel._size(f"queue-{number}") for number in range(4)] == [20, 20, 20, 20]


@pytest.mark.parametrize(
    ("age", "ending", "gone"), [(61, "msg", True), (61, "taken", True), (59, "msg", False)]
)
def test_old_messages_are_swept(tmp_path: Path, age: float, ending: str, gone: bool) -> None:
    message = tmp_path / f"1_x.portal.{ending}"
    message.touch()
    os.utime(message, (1_000_000 - age, 1_000_000 - age))
    assert broker.sweep_messages(tmp_path, older_than_seconds=60, now=1_000_000) == int(gone)
    assert message.exists() is not gone
