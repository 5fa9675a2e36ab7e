"""Forms of papers that are signed and issued: what is left out is told in words of its own."""

import pytest
from django.utils import translation

from reporting.issue_forms import FrontForm, IssueForm, SignForm


@pytest.mark.parametrize("form", [FrontForm, IssueForm, SignForm])
def test_what_is_typed_and_left_out_has_a_message_of_its_own(form):
    with translation.override("vi"):
        told = form({"signer": "0"}).errors
    assert told
    assert "Trường này là bắt buộc." not in told.as_text()
