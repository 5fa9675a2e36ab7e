"""How much a request may send: told in Vietnamese, and stopped before it fills memory or disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.factories import World

MEGABYTE = 1024 * 1024


def send(client: Client, world: World, *, size: int, headers: dict[str, str] | None = None):  # noqa: ANN201
    place = reverse("reporting:attachment_add", args=[world.assignment("cuc-a").pk])
    body = b"%PDF-1.7\n" + b" " * size + b"\n%%EOF"
    return client.post(place, {"file": SimpleUploadedFile("phu-luc.pdf", body)}, headers=headers)


def test_what_announces_too_much_is_refused_unread(world: World, sign_in, settings) -> None:
    settings.LARGEST_BODY = MEGABYTE
    reporter = sign_in(world.reporters["cuc-a"])
    response = send(reporter, world, size=MEGABYTE)
    page = response.content.decode()
    assert response.status_code == 413
    assert "Mỗi lần gửi tối đa 1 MB; mỗi tệp tối đa 20 MB" in page
    assert "chia tệp thành nhiều phần" in page
    assert send(reporter, world, size=1000).status_code == 302


@pytest.mark.parametrize("length", ["9" * 19, "9" * 5000, str(26 * MEGABYTE)])
def test_the_length_alone_decides_and_may_be_any_number(client: Client, length: str) -> None:
    response = client.generic(
        "POST", "/", b"x", headers={"content-type": "text/plain"}, CONTENT_LENGTH=length
    )
    assert response.status_code == 413


@pytest.mark.parametrize("length", ["", "abc", "-5", "²"])
def test_what_is_no_length_is_left_to_the_form(client: Client, db: None, length: str) -> None:
    assert client.generic("GET", "/healthz", CONTENT_LENGTH=length).status_code != 413


def test_files_are_stopped_while_they_come_in(world: World, sign_in, settings, tmp_path: Path) -> None:
    """As behind a server that announces no length: the middleware has nothing to go by."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "body_limit" not in name]
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    settings.LARGEST_BODY = MEGABYTE
    response = send(sign_in(world.reporters["cuc-a"]), world, size=2 * MEGABYTE)
    assert response.status_code == 413
    assert "quá lớn" in response.content.decode()
    assert list(tmp_path.rglob("*.upload*")) == []
    assert not world.assignment("cuc-a").attachments.exists()


def test_too_much_text_is_said_in_the_same_way(client: Client, db: None, settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = MEGABYTE
    response = client.post(reverse("account_login"), {"login": "x" * (MEGABYTE + 1)})
    assert response.status_code == 413
    assert "phần chữ tối đa 1 MB" in response.content.decode()
