"""Where the papers of a lineage stand on a drawing: columns from the origin to those who act. Plain Python.

Every link runs from left to right, from the earlier paper to the later one. A link that spans several
columns keeps a lane of its own in those between, so that it never runs behind a box.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

HEIGHT = 56
_TOP = 34
_PITCH = 84  # of boxes, one below the other
_LANE = 34  # what a passing link takes
_SWEEPS = 4
_MOST_LABELLED = 3  # links at one side of a box that still leave room for words


@dataclass(frozen=True)
class Box:
    """A paper, or (`leaf`) somebody who must act. `key` is unique in the drawing."""

    key: str
    title: str
    sub: str = ""
    url: str = ""
    css: str = ""
    leaf: bool = False


@dataclass(frozen=True)
class Link:
    """`later` carries out, rests on, … `earlier`; a link that is not `firm` is drawn dashed."""

    earlier: str
    later: str
    words: str = ""
    firm: bool = True


@dataclass(frozen=True)
class DrawnBox:
    box: Box
    x: int
    y: int
    width: int
    title: str
    sub: str

    @property
    def middle(self) -> float:
        return self.y + HEIGHT / 2

    @property
    def text_x(self) -> int:
        return self.x + 14


@dataclass(frozen=True)
class DrawnLink:
    path: str
    firm: bool
    words: str = ""
    x: int = 0
    y: int = 0
    anchor: str = "start"


@dataclass(frozen=True)
class Drawing:
    width: int
    height: int
    lanes: Sequence[tuple[int, str]]
    boxes: Sequence[DrawnBox]
    links: Sequence[DrawnLink]


def reached(start: str, links: Iterable[tuple[str, str]]) -> list[str]:
    """What can be reached from `start` along the pairs, nearest first, without `start`; rings do no harm."""
    onward: dict[str, list[str]] = defaultdict(list)
    for one, other in links:
        onward[one].append(other)
    found: dict[str, None] = {start: None}
    waiting = [start]
    for node in waiting:
        for other in onward[node]:
            if other not in found:
                found[other] = None
                waiting.append(other)
    return list(found)[1:]


def layout(focus: str, boxes: Sequence[Box], links: Sequence[Link]) -> Drawing:
    """Place the boxes around `focus`. Boxes that no link ties to it, directly or over others, are left out."""
    levels = _levels(focus, boxes, links)
    kept = [box for box in boxes if box.key in levels]
    forward = [
        link for link in links if link.earlier in levels and levels[link.earlier] < levels.get(link.later, -1)
    ]
    columns = _Columns(kept, forward, levels)
    columns.order()
    return columns.drawing(levels[focus])


def _levels(focus: str, boxes: Sequence[Box], links: Sequence[Link]) -> dict[str, int]:
    """Column of each box, 0 leftmost: the longest way from the focus decides, leaves stand last."""
    papers = {box.key for box in boxes if not box.leaf}
    pairs = [(link.earlier, link.later) for link in links if {link.earlier, link.later} <= papers]
    back = [(later, earlier) for earlier, later in pairs]
    up = _longest(focus, back, {focus, *reached(focus, back)})
    down = _longest(focus, pairs, {focus, *reached(focus, pairs)} - set(up) | {focus})
    first = max(up.values())
    levels = {key: first - way for key, way in up.items()} | {key: first + way for key, way in down.items()}
    last = max(levels.values()) + 1
    tied = {link.later for link in links if link.earlier in levels}
    return levels | {box.key: last for box in boxes if box.leaf and box.key in tied}


def _longest(start: str, pairs: Iterable[tuple[str, str]], allowed: set[str]) -> dict[str, int]:
    """Length of the longest way from `start` to each allowed node; a pair that closes a ring is passed over."""
    onward: dict[str, list[str]] = defaultdict(list)
    for one, other in pairs:
        if one in allowed and other in allowed:
            onward[one].append(other)
    order = _without_rings(start, onward)
    ways = {start: 0}
    for node in order:
        for other in onward[node]:
            ways[other] = max(ways.get(other, 0), ways[node] + 1)
    return ways


def _without_rings(start: str, onward: dict[str, list[str]]) -> list[str]:
    """Take the pairs that close a ring out of `onward`; return the nodes, each before those it leads to."""
    done: dict[str, None] = {}
    open_: set[str] = {start}
    stack: list[tuple[str, int]] = [(start, 0)]
    while stack:
        node, place = stack.pop()
        if place == len(onward[node]):
            open_.discard(node)
            done[node] = None
            continue
        other = onward[node][place]
        if other in open_:
            onward[node].pop(place)
            stack.append((node, place))
            continue
        stack.append((node, place + 1))
        if other not in done:
            open_.add(other)
            stack.append((other, 0))
    return list(done)[::-1]


@dataclass
class _Spot:
    """A box or, without one, a lane that a long link takes through a column."""

    level: int
    box: Box | None = None
    y: float = 0
    before: list[_Spot] = field(default_factory=list)
    after: list[_Spot] = field(default_factory=list)

    @property
    def height(self) -> int:
        return _PITCH if self.box else _LANE

    @property
    def middle(self) -> float:
        return self.y + (HEIGHT / 2 if self.box else 0)


class _Columns:
    def __init__(self, boxes: Sequence[Box], links: Sequence[Link], levels: Mapping[str, int]) -> None:
        self.spots = {box.key: _Spot(levels[box.key], box) for box in boxes}
        self.columns: list[list[_Spot]] = [[] for _ in range(max(levels.values()) + 1)]
        for spot in self.spots.values():
            self.columns[spot.level].append(spot)
        self.routes = [(link, self._route(link)) for link in links]

    def _route(self, link: Link) -> list[_Spot]:
        start, end = self.spots[link.earlier], self.spots[link.later]
        route = [start]
        for level in range(start.level + 1, end.level):
            lane = _Spot(level)
            self.columns[level].append(lane)
            route.append(lane)
        route.append(end)
        for one, other in zip(route, route[1:], strict=False):
            one.after.append(other)
            other.before.append(one)
        return route

    def order(self) -> None:
        """Lay each column out in the order of its neighbours' middles, there and back."""
        self._stack()
        for sweep in range(_SWEEPS):
            forth = sweep % 2 == 0
            for column in self.columns if forth else self.columns[::-1]:
                for place, spot in enumerate(column):
                    near = spot.before if forth else spot.after
                    spot.y = sum(n.middle for n in near) / len(near) if near else place * 1000.0
                if any(spot.before if forth else spot.after for spot in column):
                    column.sort(key=lambda spot: spot.y)
                self._stack()

    def _stack(self) -> None:
        tallest = max(sum(spot.height for spot in column) for column in self.columns)
        for column in self.columns:
            y = _TOP + (tallest - sum(spot.height for spot in column)) / 2
            for spot in column:
                spot.y = y if spot.box else y + 4
                y += spot.height
        self.height = int(_TOP + tallest - (_PITCH - HEIGHT) + 14)

    def drawing(self, focus_level: int) -> Drawing:
        number = len(self.columns)
        width, gap = (200, min(180, (1104 - 200 * number) // max(number - 1, 1))) if number < 5 else (184, 84)
        starts = [8 + level * (width + gap) for level in range(number)]
        return Drawing(
            width=max(1120, starts[-1] + width + 8),
            height=self.height,
            lanes=[(x, self._lane_words(level, focus_level)) for level, x in enumerate(starts)],
            boxes=[self._box(spot, starts, width) for spot in self.spots.values()],
            links=_say_once([self._link(link, route, starts, width, gap) for link, route in self.routes]),
        )

    def _lane_words(self, level: int, focus_level: int) -> str:
        if level == focus_level:
            return "Văn bản đang xem"
        if level < focus_level:
            return "Căn cứ, được thực hiện" if level == focus_level - 1 else "Văn bản gốc"
        if all(spot.box.leaf for spot in self.columns[level] if spot.box):
            return "Ai thực hiện"
        return "Triển khai"

    def _box(self, spot: _Spot, starts: list[int], width: int) -> DrawnBox:
        box = spot.box
        assert box is not None
        return DrawnBox(
            box,
            starts[spot.level],
            int(spot.y),
            width,
            _cut(box.title, int((width - 28) / 7.4)),
            _cut(box.sub, int((width - 28) / 6.3)),
        )

    def _link(self, link: Link, route: list[_Spot], starts: list[int], width: int, gap: int) -> DrawnLink:
        x, y = starts[route[0].level] + width, _port(route[0], route[1], route[0].after)
        path = f"M{x} {y:.0f}"
        first_y = y
        for place, spot in enumerate(route[1:], start=1):
            last = place == len(route) - 1
            left = starts[spot.level] - (4 if last else 0)
            y2 = _port(spot, route[place - 1], spot.before) if last else spot.middle
            bend = gap // 2
            path += f"C{x + bend} {y:.0f} {left - bend} {y2:.0f} {left} {y2:.0f}"
            x, y = left + width, y2
            if not last:
                path += f"H{x}"
        ports = (len(route[0].after), len(route[-1].before))
        if not link.words or min(ports) > _MOST_LABELLED or len(link.words) * 6.2 > gap - 12:
            return DrawnLink(path, link.firm)
        if ports[0] <= ports[1]:
            x_words, y_words, anchor = starts[route[0].level] + width + 8, first_y - 5, "start"
        else:
            x_words, y_words, anchor = starts[route[-1].level] - 12, y - 5, "end"
        return DrawnLink(path, link.firm, link.words, x_words, int(y_words), anchor)


def _say_once(links: list[DrawnLink]) -> list[DrawnLink]:
    """Of lines that run side by side into or out of one box, only the uppermost bears the words they share."""
    said: list[DrawnLink] = []
    kept = {}
    for link in sorted(links, key=lambda link: link.y):
        near = any(
            link.words
            and (link.words, link.x, link.anchor) == (other.words, other.x, other.anchor)
            and link.y - other.y < HEIGHT
            for other in said
        )
        kept[id(link)] = replace(link, words="") if near else link
        if link.words and not near:
            said.append(link)
    return [kept[id(link)] for link in links]


def _port(spot: _Spot, towards: _Spot, side: list[_Spot]) -> float:
    """Where a link leaves or enters a box: side by side in the order of the other ends."""
    order = sorted(side, key=lambda other: other.middle)
    step = min(16, 44 / len(order))
    return spot.middle + (order.index(towards) - (len(order) - 1) / 2) * step


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip(" ,") + "…"
