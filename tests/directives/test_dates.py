"""Dates in print, both ways."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.dates import DATE, PrintedDate, printed_date, read_printed


@pytest.mark.parametrize(
    ("text", "day", "month", "year"),
    [
        ("24/11/2023", 24, 11, 2023),
        ("01/7/2025", 1, 7, 2025),
        ("1/07/2025", 1, 7, 2025),
        ("01-10-1997", 1, 10, 1997),
        ("11.12.2017", 11, 12, 2017),
        ("20 /\n10 / 2025", 20, 10, 2025),
        ("24 tháng 11 năm 2023", 24, 11, 2023),
        ("24 THÁNG 11, NĂM 2023", 24, 11, 2023),
        ("30 tháng 9/2025", 30, 9, 2025),
        ("20/10 năm 2025", 20, 10, 2025),
        ("5/3/97", 5, 3, 1997),
        ("5/3/25", 5, 3, 2025),
        ("16/6", 16, 6, None),
        ("15 tháng 12", 15, 12, None),
        ("29/02", 29, 2, None),
    ],
)
def test_read(text: str, day: int, month: int, year: int | None) -> None:
    found = DATE.match(text)
    assert found is not None
    assert read_printed(found) == PrintedDate(day, month, year)


@pytest.mark.parametrize(
    "text", ["31/02/2025", "45/10/2025", "29/02/2025", "10-12/6/2025", "00/5/2025", "15/13"]
)
def test_no_such_day(text: str) -> None:
    found = DATE.match(text)
    printed = read_printed(found) if found else None
    assert printed is None or printed.exact is None


@pytest.mark.parametrize(
    ("printed", "earliest", "day"),
    [
        (PrintedDate(16, 6, None), date(2020, 5, 26), date(2020, 6, 16)),
        (PrintedDate(16, 6, None), date(2020, 6, 16), date(2020, 6, 16)),
        (PrintedDate(16, 6, None), date(2020, 6, 17), date(2021, 6, 16)),
        (PrintedDate(16, 6, 2019), date(2020, 6, 17), date(2019, 6, 16)),
        (PrintedDate(29, 2, None), date(2025, 1, 1), None),
    ],
)
def test_year_follows_from_the_paper(printed: PrintedDate, earliest: date, day: date | None) -> None:
    assert printed.on_or_after(earliest) == day


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2025, 7, 1), "01/7/2025"),
        (date(2025, 2, 5), "05/02/2025"),
        (date(2025, 1, 31), "31/01/2025"),
        (date(2025, 10, 20), "20/10/2025"),
    ],
)
def test_printed_date(day: date, text: str) -> None:
    assert printed_date(day) == text


@given(st.dates(date(1970, 1, 1), date(2099, 12, 31)))
def test_printed_reads_back(day: date) -> None:
    found = DATE.fullmatch(printed_date(day))
    assert found is not None
    printed = read_printed(found)
    assert printed is not None
    assert printed.exact == day
