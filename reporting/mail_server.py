"""Handing one mail to the server, and what its answer means: sent, later, refused, or nobody there."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from enum import Enum, auto
from smtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
)

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

logger = logging.getLogger(__name__)

_FIRST_ADDRESS_CODE = 550  # 500 to 549 complain of the conversation, from 550 on of the mailbox
_ABOUT_US = re.compile(r"\A5\.7\.\d")  # RFC 3463: security or policy, so of the sender, not of the mailbox


class How(Enum):
    SENT = auto()
    LATER = auto()
    FAILED = auto()
    BOUNCED = auto()
    SERVER_AWAY = auto()


@dataclass(frozen=True)
class Outcome:
    """`words` is what the server said, in one line. BOUNCED says that the address takes no mail."""

    how: How
    words: str = ""


def hand_over(mail: EmailMessage, connection: BaseEmailBackend) -> Outcome:
    """Give one mail to the server; what it answered decides whether and when it is tried again.

    4xx is for the time being, 421 and whatever breaks the conversation of the server as a whole; 5xx about the
    recipient is for good (RFC 5321, 4.2.1), unless the server says that it does not like the sender.
    """
    try:
        connection.open()
        connection.send_messages([mail])
    except SMTPRecipientsRefused as refused:
        code, answer = next(iter(refused.recipients.values()))
        return _judge(code, answer)
    except SMTPDataError as refused:
        return _judge(refused.smtp_code, refused.smtp_error)
    except SMTPSenderRefused as refused:
        # Refused as a sender we are for every address alike, unless only for the time being.
        for_now = 400 <= refused.smtp_code < 500 and refused.smtp_code != 421
        return Outcome(
            How.LATER if for_now else How.SERVER_AWAY, _words(refused.smtp_code, refused.smtp_error)
        )
    except SMTPAuthenticationError as refused:
        return Outcome(How.SERVER_AWAY, _words(refused.smtp_code, refused.smtp_error))
    except (SMTPException, OSError) as trouble:
        return Outcome(How.SERVER_AWAY, f"máy chủ thư không trả lời ({trouble})"[:180])
    except ValueError as wrong:
        # An address or a header that cannot be written in a mail; no server was asked.
        return Outcome(How.FAILED, f"địa chỉ không hợp lệ ({wrong})"[:180])
    return Outcome(How.SENT)


def hang_up(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except (SMTPException, OSError) as trouble:
        # Whatever the server says to our leaving, the backend has let go of the connection.
        logger.info("Closing the mail connection: %s", trouble)


def _judge(code: int, answer: bytes | str) -> Outcome:
    words = _words(code, answer)
    if code == 421:
        return Outcome(How.SERVER_AWAY, words)
    if 400 <= code < 500:
        return Outcome(How.LATER, words)
    if code >= _FIRST_ADDRESS_CODE and not _ABOUT_US.match(words.partition(" ")[2]):
        return Outcome(How.BOUNCED, words)
    return Outcome(How.FAILED, words)


def _words(code: int, answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return f"{code} {' '.join(text.split())}"[:150]
