"""Plausible indicator figures of one unit in one year."""

from __future__ import annotations

from reporting.demo.facts import UnitFacts, group_of, size_of
from reporting.demo.grammar import Stream

#: indicator → lowest and highest amount in 2025 by size 1 … 5
_RANGES: dict[str, tuple[tuple[int, int], ...]] = {
    "hoi_nghi": ((2, 5), (3, 8), (5, 13), (12, 38), (16, 44)),
    "van_ban": ((5, 9), (6, 14), (8, 22), (16, 46), (20, 52)),
    "tin_bai": ((6, 34), (18, 90), (46, 260), (120, 620), (180, 940)),
    "lop_tap_huan": ((1, 3), (1, 6), (3, 14), (9, 42), (12, 48)),
    "kiem_tra": ((1, 2), (1, 4), (2, 8), (6, 24), (6, 26)),
    "so_ket": ((1, 1), (1, 2), (1, 4), (2, 7), (2, 7)),
    "tap_the_khen": ((0, 2), (1, 4), (2, 10), (4, 24), (5, 28)),
    "ca_nhan_khen": ((1, 7), (3, 16), (8, 44), (16, 110), (20, 130)),
    "kinh_phi_du_kien": ((180, 900), (400, 2600), (1200, 9800), (4200, 26000), (6000, 38000)),
}
#: people at one meeting, at one class
_PER_MEETING = ((18, 40), (26, 70), (48, 140), (60, 150), (80, 210))
_PER_CLASS = ((12, 26), (18, 36), (24, 52), (28, 64), (30, 70))

#: how often (per cent) a small or middling unit has none of it
_OFTEN_NONE = {"lop_tap_huan": 14, "kiem_tra": 16, "so_ket": 30, "khen": 12}


def _none(unit: UnitFacts, year: int, what: str, size: int) -> bool:
    share = _OFTEN_NONE[what] if size < 3 else _OFTEN_NONE[what] // 3
    return size < 4 and Stream(unit.code, year, what, "none").chance(share)


def _amount(unit: UnitFacts, year: int, code: str, size: int) -> int:
    low, high = _RANGES[code][size - 1]
    base = Stream(unit.code, code).between(low, high)
    drift = Stream(unit.code, code, "trend").between(-4, 13)
    noise = Stream(unit.code, code, year).between(-6, 6)
    moved = base * (100 + drift * (year - 2025) + noise) // 100
    return max(low, moved)


def _people(unit: UnitFacts, year: int, what: str, events: int, per_event: tuple[int, int]) -> int:
    stream = Stream(unit.code, year, what)
    return sum(stream.between(*per_event) for _ in range(events))


def figures_for(unit: UnitFacts, year: int) -> dict[str, int]:
    """Amounts by indicator code; percentages and money in tenths (of a percent, of a million đồng).

    Consistent: people only where there was an event, units inspected ≥ inspections, spending seldom
    above what was planned.
    """
    size = size_of(unit)
    figures = {code: _amount(unit, year, code, size) for code in _RANGES}
    for code in ("lop_tap_huan", "kiem_tra", "so_ket"):
        if _none(unit, year, code, size):
            figures[code] = 0
    if _none(unit, year, "khen", size):
        figures["tap_the_khen"] = figures["ca_nhan_khen"] = 0
    stream = Stream(unit.code, year, "figures")
    figures["luot_nguoi"] = _people(unit, year, "luot_nguoi", figures["hoi_nghi"], _PER_MEETING[size - 1])
    figures["luot_tap_huan"] = _people(
        unit, year, "luot_tap_huan", figures["lop_tap_huan"], _PER_CLASS[size - 1]
    )
    each = (1, 3) if group_of(unit) != "province" else (2, 5)
    figures["don_vi_kiem_tra"] = _people(unit, year, "don_vi_kiem_tra", figures["kiem_tra"], each)
    figures["ty_le_quan_triet"] = min(
        1000, stream.between(880, 1012) if size < 4 else stream.between(855, 994)
    )
    share = stream.between(640, 990) if stream.chance(93) else stream.between(1001, 1060)
    figures["kinh_phi_thuc_hien"] = figures["kinh_phi_du_kien"] * share // 1000
    return figures
