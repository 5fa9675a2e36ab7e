"""Registering papers: by hand or from the list that comes with the project; relating and ending them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction

from directives.models import (
    Directive,
    DirectiveFile,
    Relation,
    RelationKind,
    Requirement,
    StatusChange,
)
from units.models import UnitGroup, User
from units.secrecy import WHERE_TO, line_has_secret_mark
from units.text import nfc
from units.uploads import StoredUpload

DATA = Path(__file__).parent / "data"
ENDED_BY = {
    Directive.Status.AMENDED: RelationKind.AMENDS,
    Directive.Status.REPLACED: RelationKind.REPLACES,
    Directive.Status.REPEALED: RelationKind.REPEALS,
}
"""What happened to a paper → what the paper that did it does to it."""


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
    kind_word: str = ""
    requirements: tuple[dict, ...] = field(default=())


@dataclass(frozen=True)
class RequirementSpec:
    """What a paper asks of whom; phrase and date as the paper prints them."""

    addressee: str
    text: str
    group: UnitGroup | None = None
    phrase: str = ""
    boundary: str = ""
    due_date: date | None = None
    receiver: str = ""


def register(spec: PaperSpec, *, actor: User, now: datetime) -> Directive:
    """Enter a paper. Raises `RegisterRefused` for a paper already there or one without its key."""
    _need_admin(actor, "Văn bản chỉ đạo do quản trị hệ thống đăng ký.")
    refuse_secret(spec.title, spec.note)
    _need_key(spec.status, spec.code, spec.issued_on)
    _need_new_key(spec.code, spec.issued_on)
    try:
        with transaction.atomic():
            directive = Directive.objects.create(
                **_columns(spec),
                status=spec.status,
                status_since=spec.issued_on,
                created_by=actor,
                created_at=now,
            )
            _note_status(directive, actor=actor, now=now)
            for position, row in enumerate(spec.requirements, start=1):
                _require(directive, row, position)
    except IntegrityError:
        _need_new_key(spec.code, spec.issued_on)  # somebody else was quicker: says which paper it is
        raise
    return directive


def revise(directive: Directive, spec: PaperSpec, *, actor: User, now: datetime) -> Directive:
    """Put right what is known of a paper, or fill in the number and date of a draft.

    The status moves here only between draft and in force; every other change is `change_status`. A paper
    that is in force since its issue stays so when the day of issue is put right.
    `spec.requirements` is not looked at. Raises `RegisterRefused` as `register` does.
    """
    _need_admin(actor, "Văn bản chỉ đạo do quản trị hệ thống sửa.")
    refuse_secret(spec.title, spec.note)
    simple = (Directive.Status.DRAFT, Directive.Status.IN_FORCE)
    status = spec.status if directive.status in simple and spec.status in simple else directive.status
    _need_key(status, spec.code, spec.issued_on)
    _need_new_key(spec.code, spec.issued_on, other_than=directive)
    moved = status != directive.status
    since_issue = directive.status_by is None and directive.status_since == directive.issued_on
    for name, value in _columns(spec).items():
        setattr(directive, name, value)
    if moved:
        directive.status, directive.status_since, directive.status_by = status, spec.issued_on, None
    elif since_issue and status in simple:
        directive.status_since = spec.issued_on
    try:
        with transaction.atomic():
            directive.save()
            if moved:
                _note_status(directive, actor=actor, now=now)
            elif since_issue and status in simple:
                directive.status_changes.filter(status=status, by=None).update(since=spec.issued_on)
    except IntegrityError:
        _need_new_key(spec.code, spec.issued_on, other_than=directive)
        raise
    return directive


def _note_status(directive: Directive, *, actor: User, now: datetime) -> None:
    """Put the paper's standing, as it is now, into its history."""
    StatusChange.objects.create(
        directive=directive,
        status=directive.status,
        since=directive.status_since,
        by=directive.status_by,
        noted_by=actor,
        noted_at=now,
    )


def _columns(spec: PaperSpec) -> dict[str, object]:
    return {
        "kind": spec.kind,
        "kind_word": nfc(spec.kind_word),
        "code": spec.code,
        "issued_on": spec.issued_on,
        "issuer": nfc(spec.issuer),
        "title": nfc(spec.title),
        "signer_post": nfc(spec.signer_post),
        "signer_name": nfc(spec.signer_name),
        "printed_as": spec.printed_as,
        "note": nfc(spec.note),
    }


def _need_admin(actor: User, words: str) -> None:
    if not actor.is_admin:
        raise RegisterRefused(words)


def _need_key(status: str, code: str, issued_on: date | None) -> None:
    if status != Directive.Status.DRAFT and not (code and issued_on):
        raise RegisterRefused(
            "Văn bản đã ban hành phải có số, ký hiệu và ngày ban hành. Nếu còn trống, hãy ghi là dự thảo."
        )


def _need_new_key(code: str, issued_on: date | None, *, other_than: Directive | None = None) -> None:
    known = known_paper(code, issued_on, other_than=other_than)
    if known is not None:
        day = f" ngày {known.issued_on:%d/%m/%Y}" if known.issued_on else ""
        raise RegisterRefused(f"Đã có {known.label}{day}. Hãy mở văn bản đó để sửa.")


def known_paper(
    code: str, issued_on: date | None, *, other_than: Directive | None = None
) -> Directive | None:
    """The registered paper with this key; None without one or without a code."""
    if not code:
        return None
    found = Directive.objects.filter(code=code, issued_on=issued_on)
    return (found.exclude(pk=other_than.pk) if other_than else found).first()


def refuse_secret(*lines: str) -> None:
    """Raise `RegisterRefused` when a line carries a secrecy mark; called before anything is stored."""
    for line in lines:
        if mark := line_has_secret_mark(line):
            raise RegisterRefused(f"Văn bản mang dấu {mark}. {WHERE_TO}")


def add_requirement(
    directive: Directive, spec: RequirementSpec, *, actor: User, now: datetime
) -> Requirement:
    """Note that the paper asks something of somebody. Raises `RegisterRefused` for a date half said."""
    _need_admin(actor, "Yêu cầu của văn bản do quản trị hệ thống ghi.")
    refuse_secret(spec.text, spec.addressee)
    if spec.due_date and not spec.phrase:
        raise RegisterRefused(
            "Có ngày thì phải ghi thời hạn đúng như văn bản in, ví dụ: trước ngày 20/10/2025."
        )
    last = directive.requirements.order_by("-position").values_list("position", flat=True).first() or 0
    return Requirement.objects.create(
        directive=directive,
        group=spec.group,
        addressee=nfc(spec.addressee),
        text=nfc(spec.text),
        phrase=nfc(spec.phrase),
        boundary=spec.boundary,
        due_date=spec.due_date,
        receiver=nfc(spec.receiver),
        position=last + 1,
    )


def remove_requirement(requirement: Requirement, *, actor: User, now: datetime) -> None:
    _need_admin(actor, "Yêu cầu của văn bản do quản trị hệ thống ghi.")
    requirement.delete()


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
    """Amended, replaced or repealed: from which day and by which paper; or in force again.

    Every change stays in the history. One that happened before what already ended the paper only enters the
    history. The paper that did it is related to this one, so that the lineage shows it. Saying twice what
    counts already changes nothing.
    """
    if not actor.is_admin:
        raise RegisterRefused("Hiệu lực văn bản do quản trị hệ thống ghi.")
    if status != Directive.Status.DRAFT and not (directive.code and directive.issued_on):
        raise RegisterRefused("Văn bản chưa có số hoặc ngày nên chỉ có thể là dự thảo.")
    if directive.issued_on and since < directive.issued_on:
        raise RegisterRefused("Ngày thay đổi hiệu lực không thể trước ngày ban hành.")
    if by is not None and by.pk == directive.pk:
        raise RegisterRefused("Văn bản không thể tự thay đổi hiệu lực của chính nó.")
    if (status, since, by) == (directive.status, directive.status_since, directive.status_by):
        return
    change = StatusChange(
        directive=directive, status=status, since=since, by=by, noted_by=actor, noted_at=now
    )
    with transaction.atomic():
        change.save()
        if not _came_before(change, directive):
            directive.status, directive.status_since, directive.status_by = status, since, by
            directive.save()
        if by is not None and status in ENDED_BY:
            relate(by, ENDED_BY[Directive.Status(status)], directive, actor=actor, now=now)


def _came_before(change: StatusChange, directive: Directive) -> bool:
    """Whether something later already ended the paper; another date for the same end puts that one right."""
    ended = directive.status in ENDED_BY and change.status in ENDED_BY
    same_end = (change.status, change.by) == (directive.status, directive.status_by)
    if not ended or same_end or change.since is None or directive.status_since is None:
        return False
    return change.since < directive.status_since


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


def detach(file: DirectiveFile, *, actor: User, now: datetime) -> None:
    """Take a copy away, row and bytes; the bytes go when the transaction has ended well."""
    _need_admin(actor, "Tệp văn bản do quản trị hệ thống tải lên.")
    path = Path(settings.MEDIA_ROOT) / file.path
    with transaction.atomic():
        file.delete()
        transaction.on_commit(partial(path.unlink, missing_ok=True))


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
