"""The words of an urging letter, from facts alone. Plain Python.

Form of an official letter: Nghị định 30/2020/NĐ-CP, Phụ lục I and III; dates as its điểm b khoản 4 mục II asks,
numbers with "." between thousands.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from directives.boundaries import ZONE
from directives.dates import printed_date
from reporting.documents.content import format_number

MOST_NAMED = 5
"""Up to so many addressees stand under "Kính gửi" by name; more are in the annex."""


@dataclass(frozen=True)
class Named:
    """A unit as the letter names it. `phrase` is the date it has not kept."""

    name: str
    group: str
    phrase: str
    working_days_late: int
    times_before: int = 0
    is_return: bool = False
    is_extended: bool = False
    contact: str = ""


@dataclass(frozen=True)
class Facts:
    """What the words are made of. `plan` names the plan in full, `earlier` the letters that went before."""

    round_name: str
    body: str
    office: str
    plan: str
    addressee: str
    dates: tuple[tuple[str, tuple[str, ...]], ...]
    """(phrase, groups that owe by it): only groups that the letter names."""
    units: tuple[Named, ...]
    earlier: tuple[str, ...] = field(default=())
    symbol_unit: str = "VPB9"


@dataclass(frozen=True)
class Words:
    """What a person may change before the letter is cleared. Lists have one line each."""

    subject: str
    addressees: str
    opening: str
    request: str
    closing: str
    recipients: str


def lowered(text: str) -> str:
    """The text as it goes on inside a sentence: "Công tác …" → "công tác …"; an acronym stays."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def group_in_prose(name: str) -> str:
    """ "Các đơn vị thuộc Bộ" → "đơn vị thuộc Bộ"; "Sở Y tế các tỉnh, thành phố" stays."""
    return name.removeprefix("Các ")


def joined(parts: Sequence[str]) -> str:
    """ "a, b và c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} và {parts[-1]}" if parts else ""


def time_of(units: Iterable[Named]) -> int:
    """The how manyth letter this is to the unit that got most of them: 1 for a first one."""
    return max((unit.times_before for unit in units), default=0) + 1


def proposed(facts: Facts) -> Words:
    """The words the portal proposes."""
    time = time_of(facts.units)
    return Words(
        subject=f"đôn đốc gửi báo cáo {lowered(facts.round_name)}" + (f" (lần {time})" if time > 1 else ""),
        addressees=_addressees(facts),
        opening=_opening(facts),
        request=_request(facts),
        closing=_closing(facts, time),
        recipients=_recipients(facts),
    )


def _addressees(facts: Facts) -> str:
    if 0 < len(facts.units) <= MOST_NAMED:
        return "\n".join(unit.name for unit in facts.units)
    return "Các đơn vị có tên trong Phụ lục kèm theo"


def _opening(facts: Facts) -> str:
    lead = f"Thực hiện {facts.plan}"
    if facts.earlier:
        lead += f", tiếp theo {joined(facts.earlier)} của {facts.body} về việc đôn đốc gửi báo cáo"
    dates = ", ".join(
        f"{phrase} ({joined([group_in_prose(group) for group in groups])})" for phrase, groups in facts.dates
    )
    owed = f"các đơn vị có trách nhiệm gửi báo cáo {lowered(facts.round_name)} về {facts.body} (qua {facts.office})"
    return f"{lead}, {owed} {dates}."


def _request(facts: Facts) -> str:
    whom = "Thủ trưởng đơn vị" if len(facts.units) == 1 else "Thủ trưởng các đơn vị có tên nêu trên"
    if len(facts.units) > MOST_NAMED:
        whom = "Thủ trưởng các đơn vị có tên trong Phụ lục"
    return (
        f"{facts.body} đề nghị {whom} khẩn trương chỉ đạo hoàn thành báo cáo và gửi về {facts.body} "
        f"(qua {facts.office}) trên Cổng Chỉ đạo – Báo cáo"
    )


def _closing(facts: Facts, time: int) -> str:
    said = (
        "Đơn vị có khó khăn, vướng mắc đề nghị có văn bản nêu rõ lý do và thời gian hoàn thành "
        "trước thời hạn trên."
    )
    if time == 1:
        return said
    more = (
        f"Quá thời hạn trên, {facts.office} sẽ báo cáo Lãnh đạo Bộ danh sách đơn vị chưa thực hiện và nêu "
        f"trong báo cáo của {facts.body}"
    )
    return f"{said} {more}{f' gửi {facts.addressee}' if facts.addressee else ''}."


def _recipients(facts: Facts) -> str:
    return "\n".join(("Như trên", "Bộ trưởng (để báo cáo)", f"Lưu: VT, {facts.symbol_unit}"))


def counts(units: Sequence[Named], *, expected: int, as_of: datetime, body: str, annex: bool) -> list[str]:
    """The paragraphs that count, made anew from the rows each time: nobody types them.

    `expected` is how many units owe a report in the round; `as_of` must be aware.
    """
    at = f"Tính đến {as_of_text(as_of)}"
    if len(units) == 1:
        return [f"{at}, {_single(units[0], body)}"]
    by_group: dict[str, int] = {}
    for unit in units:
        by_group[unit.group] = by_group.get(unit.group, 0) + 1
    parts = "; ".join(f"{format_number(count)} {group_in_prose(name)}" for name, count in by_group.items())
    returned = sum(unit.is_return for unit in units)
    what = "báo cáo, báo cáo bổ sung" if returned else "báo cáo"
    first = (
        f"{at}, {body} chưa nhận được {what} của {format_number(len(units))} đơn vị đã quá thời hạn (trong tổng số "
        f"{format_number(expected)} đơn vị phải báo cáo), gồm: {parts}"
    )
    if returned:
        first += f"; trong đó {format_number(returned)} đơn vị phải gửi báo cáo bổ sung"
    if annex:
        first += " (danh sách tại Phụ lục kèm theo)"
    return [f"{first}.", *_urged_before(units)]


def _single(unit: Named, body: str) -> str:
    what = "báo cáo bổ sung" if unit.is_return else "báo cáo"
    late = late_text(unit.working_days_late)
    urged = f"; đơn vị đã được đôn đốc {unit.times_before} lần bằng công văn" if unit.times_before else ""
    return f"{body} chưa nhận được {what} của {unit.name} (thời hạn: {unit.phrase}, {late}){urged}."


def _urged_before(units: Sequence[Named]) -> list[str]:
    again = sum(unit.times_before > 0 for unit in units)
    if not again:
        return []
    if again == len(units):
        return [
            "Các đơn vị này đều đã được đôn đốc bằng công văn nhưng đến nay vẫn chưa hoàn thành việc gửi báo cáo."
        ]
    return [
        f"Trong số này, {format_number(again)} đơn vị đã được đôn đốc bằng công văn nhưng vẫn chưa hoàn thành việc gửi "
        f"báo cáo; {format_number(len(units) - again)} đơn vị được đôn đốc lần đầu."
    ]


def request_line(request: str, phrase: str) -> str:
    """The request with the date by which the office waits: "… trên Cổng trước ngày 10/11/2025."."""
    return f"{request.rstrip(' .;,')} {phrase}."


def as_of_text(at: datetime) -> str:
    """ "08 giờ 00 ngày 05/11/2025"; `at` must be aware."""
    local = at.astimezone(ZONE)
    return f"{local:%H} giờ {local:%M} ngày {printed_date(local.date())}"


def late_text(working_days: int) -> str:
    """ "quá hạn 12 ngày làm việc", in the words of every page."""
    return f"quá hạn {format_number(working_days)} ngày làm việc" if working_days else "vừa quá hạn"


def contact_text(words: str, on: date | None) -> str:
    """ "thư điện tử ngày 03/11/2025"; "chưa liên hệ" where nothing was sent."""
    if on is None:
        return "chưa liên hệ"
    return words if " ngày " in words else f"{words} ngày {printed_date(on)}"
