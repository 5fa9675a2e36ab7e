"""Repeating deadlines said back in words."""

import pytest

from directives.recurrences import recurrence_words


@pytest.mark.parametrize(
    ("rules", "at", "words"),
    [
        ("daily", "17:00", "hằng ngày, trước 17:00"),
        ("weekly:thu", "", "thứ Năm hằng tuần"),
        ("monthly:25", "", "ngày 25 hằng tháng"),
        ("monthly:last", "", "ngày cuối tháng, hằng tháng"),
        ("quarterly:last-month:15", "", "ngày 15 tháng cuối quý, hằng quý"),
        ("quarterly:next-month:05", "", "ngày 05 tháng đầu quý sau, hằng quý"),
        ("yearly:06-15;yearly:12-15", "", "ngày 15/6 hằng năm; ngày 15/12 hằng năm"),
        ("sometimes", "", "sometimes"),
        ("", "", ""),
    ],
)
def test_a_rule_is_said(rules, at, words):
    assert recurrence_words(rules, at) == words
