"""Believable report text of every unit for the sample rounds: same unit, year and section, same words.

The text is put together from sentence patterns (`phrases_*`), spoken in a unit's own words (`voice`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reporting.demo.facts import UnitFacts, person_name
from reporting.demo.figures import figures_for
from reporting.demo.grammar import Stream, grouped, tenths
from reporting.demo.office import (
    comment_texts,
    extension_reason,
    ministry_text,
    reply_text,
    return_note,
    return_reason,
    waiver_reason,
    warning_reason,
)
from reporting.demo.phrases_directives import FIELD_WORK, OPENING, OUTCOME, PAPER
from reporting.demo.phrases_sections import NIL_REASONS, NO_TRAINING, NOT_MINE, SECTIONS, SUPPLEMENTS
from reporting.demo.voice import Voice

__all__ = [
    "SECTION_KEYS",
    "SectionText",
    "UnitFacts",
    "comment_texts",
    "extension_reason",
    "figures_for",
    "ministry_text",
    "person_name",
    "reply_text",
    "return_note",
    "return_reason",
    "section_answer",
    "supplement",
    "waiver_reason",
    "warning_reason",
]

SECTION_KEYS = [
    *("1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7"),
    *("2", "3", "4", "5", "6.1", "6.2", "6.3", "6.4", "6.5"),
]

FEWEST_WORDS, MOST_WORDS = 60, 220
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class SectionText:
    """One answered section: "done" has html and no reason; "nil" and "not_applicable" the reverse."""

    status: str
    html: str
    reason: str


#: section → marks in the codes of units whose work it lies outside of
_OUTSIDE: dict[str, tuple[str, ...]] = {
    "1.3": (
        *("kiem-nghiem", "kiem-dinh", "trang-thiet-bi", "vac-xin", "phap-y", "vien-duoc-lieu"),
        *(
            "vu-phap-che",
            "vu-bao-hiem",
            "cuc-quan-ly-duoc",
            "mua-sam",
            "ban-quan-ly",
            "ghep",
            "hoi-dong-y-khoa",
        ),
        *("cuc-ha-tang", "vien-giam-dinh"),
    ),
    "1.4": (
        *("kiem-nghiem-thuoc", "trang-thiet-bi", "vien-duoc-lieu", "lao-khoa", "benh-vien-huu-nghi$"),
        *("thong-nhat", "cuc-quan-ly-duoc", "mua-sam", "ban-quan-ly", "hoi-dong-y-khoa", "vien-giam-dinh"),
        *("cao-dang-duoc", "cuc-ha-tang", "tam-than-khu-vuc", "y-hoc-bien"),
    ),
    "1.5": (
        *("kiem-nghiem", "kiem-dinh", "cuc-quan-ly-duoc", "mua-sam", "hoi-dong-y-khoa", "vien-dinh-duong"),
        *("vien-duoc-lieu", "vac-xin", "ghep", "cuc-dan-so", "sot-ret-ky-sinh-trung-con-trung-thanh"),
    ),
    "1.6": (
        *("phap-y", "ghep", "lang-tre-em", "quy-bao-tro", "vien-vac-xin", "nghien-cuu-san-xuat"),
        *("hoi-dong-y-khoa", "tro-giup-tre", "kiem-dinh", "kiem-nghiem-thuoc"),
    ),
    "1.7": (
        *("phap-y", "an-toan-ve-sinh", "kiem-dinh", "trang-thiet-bi", "vac-xin", "giam-dinh"),
        *("ban-quan-ly", "ghep", "lang-tre-em", "quy-bao-tro", "mat-trung-uong", "rang-ham-mat"),
        *("huyet-hoc", "y-te-cong-cong", "dieu-duong-nam", "pasteur", "sot-ret", "tro-giup-tre", "ha-tang"),
    ),
}


def _is_outside(unit: UnitFacts, key: str) -> bool:
    return any(mark in f"{unit.code}$" for mark in _OUTSIDE.get(key, ()))


def _is_nil(unit: UnitFacts, year: int, key: str, figures: dict[str, int]) -> bool:
    if key == "2":
        return not figures["kiem_tra"]
    if key == "3":
        return not figures["so_ket"]
    if key == "6.2":
        return not figures["tap_the_khen"] + figures["ca_nhan_khen"]
    share = {"6.4": 10, "1.3": 7, "1.5": 6, "1.7": 6, "1.4": 3}.get(key, 0)
    return Stream(unit.code, year, key, "nil").chance(share)


def section_answer(unit: UnitFacts, year: int, key: str, figures: dict[str, int]) -> SectionText:
    """What the unit answers under one section of the outline, `SECTION_KEYS` or "7".

    Numbers of indicators come from `figures` (codes left out: from `figures_for`). Raises KeyError for
    a section that is not in the outline.
    """
    voice = Voice(unit, year, key, {**figures_for(unit, year), **figures})
    if _is_outside(unit, key):
        return SectionText("not_applicable", "", voice.say(voice.stream.pick(NOT_MINE[key])))
    if _is_nil(unit, year, key, voice.figures):
        reasons = NIL_REASONS["1" if key.startswith("1.") else key]
        return SectionText("nil", "", voice.say(voice.stream.pick(reasons)))
    blocks = _directive_blocks(voice) if key.startswith("1.") else _section_blocks(voice)
    return SectionText("done", _html(blocks), "")


def supplement(unit: UnitFacts, year: int, key: str) -> str:
    """The paragraph (html) a unit adds to a section when its report came back for more detail."""
    voice = Voice(unit, year, f"{key} supplement", figures_for(unit, year))
    return _html([("p", [voice.say(voice.stream.pick(SUPPLEMENTS))])])


#: a block is a paragraph, a list or a ready table: (tag, sentences)
_Block = tuple[str, list[str]]


def _turn(voice: Voice, name: str, patterns: tuple[str, ...]) -> str:
    """The next pattern of a pool in the unit's own order, so its seven subsections open differently."""
    order = Stream(voice.unit.code, voice.year, name).shuffled(patterns)
    return order[int(voice.key[2:]) % len(order)]


#: hospitals that take in the injured; the others do not report on road accidents they treated
_TAKES_INJURED = (
    *("bach-mai", "viet-duc", "cho-ray", "trung-uong-hue", "nhi-trung-uong", "rang-ham-mat", "tai-mui-hong"),
    *("huu-nghi", "thong-nhat", "c-da-nang", "benh-vien-e", "da-khoa", "thai-nguyen", "uong-bi"),
)
_ABOUT_INJURED = ("[Cấp cứu|Xử trí]", "[Xét nghiệm|Đo] nồng độ cồn")


def _field_work(voice: Voice) -> tuple[str, ...]:
    """The patterns for what this unit does about the paper of its section."""
    patterns = FIELD_WORK[voice.key][voice.group]
    if voice.key != "1.5" or any(mark in voice.unit.code for mark in _TAKES_INJURED):
        return patterns
    return tuple(pattern for pattern in patterns if not pattern.startswith(_ABOUT_INJURED))


def _directive_blocks(voice: Voice) -> list[_Block]:
    stream = voice.stream
    opening = voice.say(_turn(voice, "opening", OPENING))
    paper = voice.say(_turn(voice, "paper", PAPER))
    work = [voice.say(p) for p in stream.shuffled(_field_work(voice))[:3]]
    outcome = voice.say(_turn(voice, "outcome", OUTCOME))
    layouts: tuple[list[_Block], ...] = (
        [("p", [opening, paper]), ("p", work), ("p", [outcome])],
        [("p", [opening, work[0]]), ("p", [paper, *work[1:]]), ("p", [outcome])],
        [("p", [opening, paper]), ("ul", work), ("p", [outcome])],
        [("p", [opening]), ("p", work[:2]), ("p", [paper])],
        [("p", [opening, *work[:2]]), ("p", [outcome])],
        [("p", [*work[:1], opening]), ("p", [paper]), ("p", [*work[1:], outcome])],
        [("p", [opening, paper, work[0]]), ("p", [work[1], outcome])],
    )
    return _fitted(stream.pick(layouts))


def _section_blocks(voice: Voice) -> list[_Block]:
    parts: list[list[str]] = []
    unused: list[str] = []
    for stage in SECTIONS[voice.key]:
        patterns = stage.patterns
        if stage.needs and not voice.figures[stage.needs]:
            patterns = NO_TRAINING
        count = voice.stream.between(stage.least, stage.most)
        order = voice.stream.shuffled(patterns)
        parts.append([voice.say(pattern) for pattern in order[:count]])
        unused = order[count:] if len(parts) == 2 else unused
    while unused and _words([("p", part) for part in parts]) < FEWEST_WORDS:
        parts[1].append(voice.say(unused.pop()))
    return _fitted(_laid_out(voice, [part for part in parts if part]))


def _laid_out(voice: Voice, parts: list[list[str]]) -> list[_Block]:
    head, *rest = parts
    stream, key = voice.stream, voice.key
    if key in {"6.4", "6.5"}:
        tag = "ul" if stream.chance(65) else "p"
        opener = head[0].rstrip(".") + ":" if tag == "ul" or key == "6.4" else head[0]
        return [("p", [opener]), (tag, [s for part in rest for s in part])]
    if key in {"5", "6.3"} and stream.chance(12):
        return [("p", head), ("table", _rows(voice)), *(("p", part) for part in rest)]
    if key == "6.1" and stream.chance(45):
        return [("p", head), ("ul", rest[0]), *(("p", part) for part in rest[1:])]
    if stream.chance(40):
        return [("p", [*head, *rest[0]]), *(("p", part) for part in rest[1:])]
    return [("p", part) for part in parts]


def _rows(voice: Voice) -> list[str]:
    figures = voice.figures
    if voice.key == "5":
        rows = [
            ("Hội nghị, hội thảo", grouped(figures["hoi_nghi"])),
            ("Lượt người dự", grouped(figures["luot_nguoi"])),
        ]
        rows.append(("Lớp tập huấn", grouped(figures["lop_tap_huan"])))
        rows.append(("Lượt người tập huấn", grouped(figures["luot_tap_huan"])))
    else:
        rows = [
            ("Dự kiến", tenths(figures["kinh_phi_du_kien"])),
            ("Thực hiện", tenths(figures["kinh_phi_thuc_hien"])),
        ]
    return [f"<tr><td>{what}</td><td>{amount}</td></tr>" for what, amount in rows]


def _words(blocks: list[_Block]) -> int:
    return sum(len(_TAG.sub(" ", text).split()) for _, texts in blocks for text in texts)


def _fitted(blocks: list[_Block]) -> list[_Block]:
    """Leave out sentences from the end until the text is no longer than `MOST_WORDS`."""
    blocks = [(tag, list(texts)) for tag, texts in blocks]
    while _words(blocks) > MOST_WORDS:
        blocks[-1][1].pop()
        if not blocks[-1][1]:
            blocks.pop()
    return blocks


def _html(blocks: list[_Block]) -> str:
    parts = []
    for tag, texts in blocks:
        if tag == "p":
            parts.append(f"<p>{' '.join(texts)}</p>")
        elif tag == "ul":
            parts.append("<ul>" + "".join(f"<li>{text}</li>" for text in texts) + "</ul>")
        else:
            parts.append("<table><tbody>" + "".join(texts) + "</tbody></table>")
    return "".join(parts)
