"""What a plan wants carried out, area by area, as a person confirmed it: the outline of its round comes from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from directives.models import ContentArea, ContentPoint, Directive, DirectiveEvent
from directives.register import RegisterRefused, record, refuse_secret
from units.models import User
from units.text import nfc

TITLE_MAX = 400
NUMBER_MAX = 20


@dataclass(frozen=True)
class PointSpec:
    """One paper named in an area; `cited` is None while that paper is not in the register."""

    cited: Directive | None = None
    guidance: str = ""


@dataclass(frozen=True)
class AreaSpec:
    """One numbered item of the content part: number as printed ("1", "2.1"; may be empty), title, text."""

    title: str
    number: str = ""
    guidance: str = ""
    points: tuple[PointSpec, ...] = ()


def set_content_areas(
    directive: Directive, areas: Sequence[AreaSpec], *, actor: User, now: datetime
) -> list[ContentArea]:
    """Put these areas in the place of all the paper had; an empty sequence takes them away.

    The order given is the order kept. A paper named twice in one area is one point: their texts are joined.
    All or nothing. Raises `RegisterRefused` for one who is no admin, an area without title, a number or title
    longer than its column, a mark of secrecy in any text, or a point that names the plan itself.
    """
    if not actor.is_admin:
        raise RegisterRefused("Nội dung của kế hoạch do quản trị hệ thống xác nhận.")
    wanted = [_cleaned(area, directive) for area in areas]
    with transaction.atomic():
        Directive.objects.select_for_update().get(pk=directive.pk)  # two who replace at once take turns
        directive.content_areas.all().delete()
        made = [
            ContentArea.objects.create(
                directive=directive,
                number=area.number,
                title=area.title,
                guidance=area.guidance,
                position=position,
            )
            for position, area in enumerate(wanted, start=1)
        ]
        ContentPoint.objects.bulk_create(
            ContentPoint(area=row, cited=point.cited, guidance=point.guidance, position=position)
            for row, area in zip(made, wanted, strict=True)
            for position, point in enumerate(area.points, start=1)
        )
        said = f"{len(wanted)} nội dung, {sum(len(area.points) for area in wanted)} văn bản"
        record(directive, DirectiveEvent.What.AREAS_CONFIRMED, {"source": said}, actor=actor, now=now)
    return made


def _cleaned(area: AreaSpec, directive: Directive) -> AreaSpec:
    """The area as it will be stored. Raises `RegisterRefused` as `set_content_areas` says."""
    title = " ".join(nfc(area.title).split())
    number = nfc(area.number).strip()
    if not title:
        raise RegisterRefused("Mỗi nội dung phải có tên. Hãy ghi tên mục như kế hoạch in, hoặc bỏ mục đó.")
    if len(title) > TITLE_MAX or len(number) > NUMBER_MAX:
        raise RegisterRefused(
            f"Tên nội dung dài quá {TITLE_MAX} ký tự hoặc số mục dài quá {NUMBER_MAX} ký tự: «{title[:80]}…». "
            "Hãy để tên mục ngắn lại và chuyển phần còn lại xuống việc phải làm."
        )
    refuse_secret(title)
    refuse_secret(area.guidance, *(point.guidance for point in area.points))
    if any(point.cited == directive for point in area.points if point.cited):
        raise RegisterRefused("Kế hoạch không thể là văn bản được nêu trong nội dung của chính nó.")
    return AreaSpec(title, number, nfc(area.guidance).strip(), _joined(area.points))


def _joined(points: Sequence[PointSpec]) -> tuple[PointSpec, ...]:
    """Each registered paper once, where it was named first; what is empty is left out."""
    kept: list[PointSpec] = []
    for point in points:
        guidance = nfc(point.guidance).strip()
        place = next((n for n, each in enumerate(kept) if point.cited and each.cited == point.cited), None)
        if place is not None:
            texts = dict.fromkeys([*kept[place].guidance.split("\n"), *guidance.split("\n")])
            kept[place] = PointSpec(point.cited, "\n".join(text for text in texts if text))
        elif point.cited or guidance:
            kept.append(PointSpec(point.cited, guidance))
    return tuple(kept)
