"""Addresses of the unit pages, what a browser would send and what came back."""

import re

from django.urls import reverse

from tests.factories import at

NOW = at("2025-10-14 14:03")
PDF = b"%PDF-1.7 thu\n%%EOF"


def url(name, *args):
    return reverse(f"reporting:{name}", args=args)


def page(response):
    return re.sub(r"\s+", " ", response.content.decode())


def typed(section_key="1.1", **values):
    return {"version": "0", "kind": "content", "reason": "", "narrative": "", "do": "later"} | values
