"""The first letter a person gets: who opened the account, what for, and the link that sets a password."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import localdate

from units.models import User


def password_link(person: User) -> str:
    """The address at which the person sets a password: once, and up to `link_ends`."""
    parts = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    return settings.SITE_URL + reverse("account_reset_password_from_key", kwargs=parts)


def link_ends(now: datetime) -> datetime:
    """Until when a link made now works."""
    return now + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)


def send_invitation(person: User, *, actor: User | None, now: datetime) -> str:
    """Mail the invitation and return its link; `actor` is None when no admin is there yet.

    Raises what the mail server or its library raises; nothing is stored.
    """
    link = password_link(person)
    # A role that begins later is one the person should hear of too.
    roles = person.memberships.exclude(valid_to__lte=localdate(now)).select_related("unit")
    words = {
        "person": person,
        "actor": actor,
        "roles": roles.order_by("unit__sort_key", "role", "id"),
        "link": link,
        "ends": link_ends(now),
        "site": settings.SITE_URL,
        "again": settings.SITE_URL + reverse("account_reset_password"),
    }
    EmailMessage(
        subject=" ".join(render_to_string("account/email/invitation_subject.txt", words).split()),
        body=render_to_string("account/email/invitation_message.txt", words),
        to=[person.email],
        headers={"Auto-Submitted": "auto-generated"},
    ).send()
    return link
