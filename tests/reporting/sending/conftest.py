"""A mail server for one test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.mail.backends.smtp import EmailBackend

from tests.reporting.sending.mail_server import Server, running


@pytest.fixture
def smtp() -> Iterator[tuple[Server, EmailBackend]]:
    with running() as both:
        yield both
