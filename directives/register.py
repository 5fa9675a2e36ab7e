"""Registering papers: by hand or from the list that comes with the project; relating and ending them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from django.db import IntegrityError, transaction

from directives.models import Directive, DirectiveFile, Relation, RelationKind, Requirement
from units.models import UnitGroup, User
from units.text import nfc
from units.uploads import StoredUpload

DATA = Path(__file__).parent / "data"


class RegisterRefused(ValueError):
    """The change cannot be made; `str()` says in Vietnamese why and what to do."""


@dataclass(frozen=True)
class PaperSpec:
    """What is known of a paper. A draft may lack code and date."""

    kind: str
    title: str
    issuer: str
    code: str = ""
    issued_on: date | None = None
    status: str = Directive.Status.IN_FORCE
    signer_post: str = ""
    signer_name: str = ""
    printed_as: str = ""
    note: str = ""
    requirements: tuple[dict, ...] = field(default=())


def register(spec: PaperSpec, *, actor: User, now: datetime) -> Directive:
    """Enter a paper. Raises `RegisterRefused` for a paper already there or one without its key."""
    if not actor.is_admin:
        raise RegisterRefused("Văn bản chỉ đạo do quản trị hệ thống đăng ký.")
    if spec.status != Directive.Status.DRAFT and not (spec.code and spec.issued_on):
        raise RegisterRefused(
            "Văn bản đã ban hành phải có số, ký hiệu và ngày ban hành. Nếu còn trống, hãy ghi là dự thảo."
        )
    known = Directive.objects.filter(code=spec.code, issued_on=spec.issued_on).exclude(code="").first()
    if known is not None:
        raise RegisterRefused(
            f"Đã có {known.label} ngày {known.issued_on:%d/%m/%Y}. Hãy mở văn bản đó để sửa."
        )
    with transaction.atomic():
        directive = Directive.objects.create(
            kind=spec.kind,
            code=spec.code,
            issued_on=spec.issued_on,
            issuer=nfc(spec.issuer),
            title=nfc(spec.title),
            status=spec.status,
            status_since=spec.issued_on,
            signer_post=nfc(spec.signer_post),
            signer_name=nfc(spec.signer_name),
            printed_as=spec.printed_as,
            note=nfc(spec.note),
            created_by=actor,
            created_at=now,
        )
        for position, row in enumerate(spec.requirements, start=1):
            _require(directive, row, position)
    return directive


def _require(directive: Directive, row: dict, position: int) -> None:
    Requirement.objects.create(
        directive=directive,
        group=UnitGroup.objects.filter(code=row.get("group", "")).first(),
        addressee=row["addressee"],
        text=row["text"],
        phrase=row.get("phrase", ""),
        boundary=row.get("boundary", ""),
        due_date=date.fromisoformat(row["due_date"]) if row.get("due_date") else None,
        receiver=row.get("receiver", ""),
        position=position,
    )


def relate(
    later: Directive, kind: RelationKind, earlier: Directive, *, actor: User, now: datetime
) -> Relation:
    """Say that `later` is based on, implements, … `earlier`; saying it twice changes nothing."""
    if not actor.is_admin:
        raise RegisterRefused("Quan hệ văn bản do quản trị hệ thống ghi.")
    if later.pk == earlier.pk:
        raise RegisterRefused("Văn bản không thể có quan hệ với chính nó.")
    return Relation.objects.get_or_create(from_directive=later, to_directive=earlier, kind=kind)[0]


def unrelate(relation: Relation, *, actor: User, now: datetime) -> None:
    if not actor.is_admin:
        raise RegisterRefused("Quan hệ văn bản do quản trị hệ thống ghi.")
    relation.delete()


def change_status(
    directive: Directive, status: str, *, since: date, by: Directive | None, actor: User, now: datetime
) -> None:
    """Amended, replaced or repealed: from which day and by which paper."""
    if not actor.is_admin:
        raise RegisterRefused("Hiệu lực văn bản do quản trị hệ thống ghi.")
    if directive.issued_on and since < directive.issued_on:
        raise RegisterRefused("Ngày thay đổi hiệu lực không thể trước ngày ban hành.")
    directive.status, directive.status_since, directive.status_by = status, since, by
    try:
        directive.save()
    except IntegrityError:
        raise RegisterRefused("Văn bản chưa có số hoặc ngày nên chỉ có thể là dự thảo.") from None


def attach(directive: Directive, stored: StoredUpload, *, actor: User, now: datetime) -> DirectiveFile:
    """Keep a checked and stored upload with its paper."""
    if not actor.is_admin:
        raise RegisterRefused("Tệp văn bản do quản trị hệ thống tải lên.")
    return DirectiveFile.objects.create(
        directive=directive,
        name=stored.name,
        path=stored.path,
        content_type=stored.content_type,
        size=stored.size,
        sha256=stored.sha256,
        uploaded_by=actor,
        uploaded_at=now,
    )


def load_papers(*, actor: User, now: datetime) -> dict[str, Directive]:
    """Register the papers of `data/papers.json` with their lineage; those already there stay as they are.

    Returns them by the id the file gives them.
    """
    document = json.loads((DATA / "papers.json").read_text(encoding="utf-8"))
    loaded: dict[str, Directive] = {}
    for row in document["papers"]:
        loaded[row["id"]] = _load_paper(row, actor=actor, now=now)
    for later, kind, earlier in document["relations"]:
        relate(loaded[later], RelationKind(kind), loaded[earlier], actor=actor, now=now)
    return loaded


def _load_paper(row: dict, *, actor: User, now: datetime) -> Directive:
    issued_on = date.fromisoformat(row["issued_on"]) if row.get("issued_on") else None
    known = Directive.objects.filter(
        code=row.get("code", ""), issued_on=issued_on, title=nfc(row["title"])
    ).first()
    if known is not None:
        return known
    spec = PaperSpec(
        kind=row["kind"],
        title=row["title"],
        issuer=row["issuer"],
        code=row.get("code", ""),
        issued_on=issued_on,
        status=row.get("status", Directive.Status.IN_FORCE),
        signer_post=row.get("signer_post", ""),
        signer_name=row.get("signer_name", ""),
        printed_as=row.get("printed_as", ""),
        note=row.get("note", ""),
        requirements=tuple(row.get("requirements", ())),
    )
    return register(spec, actor=actor, now=now)
