"""A mail server that answers as a test wants it."""

from __future__ import annotations

import asyncio
import email.policy
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from django.core.mail.backends.smtp import EmailBackend


class Server:
    """An SMTP server that answers as it is told, per recipient, and keeps what it took."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.answers: dict[str, str] = {}
        self.data_answers: dict[str, str] = {}
        self.delay = 0.0
        self.hang_up_after: int | None = None
        self.connections = 0

    async def handle_EHLO(self, server: SMTP, session, envelope, hostname, responses):
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server: SMTP, session, envelope, address: str, options) -> str:
        answer = self.answers.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session, envelope) -> str:
        if self.delay:
            await asyncio.sleep(self.delay)
        answer = self.data_answers.get(envelope.rcpt_tos[0], "250 OK")
        if answer.startswith("250"):
            self.taken.append(message_from_bytes(envelope.content, policy=email.policy.default))
        if self.hang_up_after is not None and len(self.taken) >= self.hang_up_after:
            self.hang_up_after = None
            server.transport.close()
        return answer

    def to(self, username: str) -> list[EmailMessage]:
        return [m for m in self.taken if m["To"] == f"{username}@example.com"]


@contextmanager
def running() -> Iterator[tuple[Server, EmailBackend]]:
    server = Server()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield server, EmailBackend(host="127.0.0.1", port=port, timeout=10, use_tls=False, username="")
    finally:
        controller.stop()
