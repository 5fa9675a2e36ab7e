"""Registering papers: by hand or from the list that comes with the project; relating and ending them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction

from directives.models import (
    Directive,
    DirectiveEvent,
    DirectiveFile,
    Relation,
    RelationKind,
    Requirement,
    StatusChange,
)
from directives.validity import validity_on
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
What = DirectiveEvent.What


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
    source: str = ""
    """Where it was taken from, for the history: a spreadsheet and its line, a paper that was read."""


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
    """Enter a paper, a draft or one in force. Raises `RegisterRefused` for a paper already there or one
    without its key."""
    _need_admin(actor, "Văn bản chỉ đạo do quản trị hệ thống đăng ký.")
    refuse_secret(spec.title, spec.note)
    is_draft = spec.status == Directive.Status.DRAFT
    _need_key(is_draft, spec.code, spec.issued_on)
    _need_new_key(spec.code, spec.issued_on)
    try:
        with transaction.atomic():
            directive = Directive.objects.create(
                **_columns(spec), is_draft=is_draft, created_by=actor, created_at=now
            )
            details = {"source": nfc(spec.source)} if spec.source else {}
            record(directive, What.REGISTERED, details, actor=actor, now=now)
            _note_issue(directive, actor=actor, now=now)
            for position, row in enumerate(spec.requirements, start=1):
                _require(directive, row, position)
    except IntegrityError:
        _need_new_key(spec.code, spec.issued_on)  # somebody else was quicker: says which paper it is
        raise
    return directive


def record(
    directive: Directive,
    what: DirectiveEvent.What,
    details: Mapping[str, object] | None = None,
    *,
    actor: User,
    now: datetime,
    other: Directive | None = None,
) -> None:
    """Put a change into the ledger; called inside the transaction that makes it."""
    DirectiveEvent.objects.create(
        directive=directive, other=other, what=what, details=dict(details or {}), actor=actor, at=now
    )


def revise(directive: Directive, spec: PaperSpec, *, actor: User, now: datetime) -> Directive:
    """Put right what is known of a paper, or fill in the number and date of a draft.

    Only a paper that nothing has ended goes back to being a draft. One that is in force since its issue
    stays so when the day of issue is put right. `spec.requirements` is not looked at. Raises
    `RegisterRefused` as `register` does.
    """
    _need_admin(actor, "Văn bản chỉ đạo do quản trị hệ thống sửa.")
    refuse_secret(spec.title, spec.note)
    ended = directive.status_changes.filter(status__in=ENDED_BY).exists()
    is_draft = spec.status == Directive.Status.DRAFT and not ended
    _need_key(is_draft, spec.code, spec.issued_on)
    _need_new_key(spec.code, spec.issued_on, other_than=directive)
    before = _shown_columns(directive)
    was_draft, was_issued_on = directive.is_draft, directive.issued_on
    for name, value in {**_columns(spec), "is_draft": is_draft}.items():
        setattr(directive, name, value)
    try:
        with transaction.atomic():
            directive.save()
            changes = _differences(before, _shown_columns(directive))
            if changes:
                record(directive, What.CORRECTED, {"changes": changes}, actor=actor, now=now)
            if is_draft != was_draft:
                _note_issue(directive, actor=actor, now=now)
            elif not is_draft:
                in_force = directive.status_changes.filter(status=Directive.Status.IN_FORCE, by=None)
                in_force.filter(since=was_issued_on).update(since=spec.issued_on)
    except IntegrityError:
        _need_new_key(spec.code, spec.issued_on, other_than=directive)
        raise
    return directive


def _shown_columns(directive: Directive) -> dict[str, str]:
    """What can be put right, as text for the history: {name of the column: value}."""
    shown = {name: str(getattr(directive, name) or "") for name in _TEXT_COLUMNS}
    shown["kind"] = directive.kind_label
    shown["issued_on"] = f"{directive.issued_on:%d/%m/%Y}" if directive.issued_on else ""
    shown["is_draft"] = "dự thảo" if directive.is_draft else "đã ban hành"
    return shown


def _differences(before: dict[str, str], after: dict[str, str]) -> list[dict[str, str]]:
    return [
        {"field": name, "was": before[name], "became": after[name]}
        for name in before
        if before[name] != after[name]
    ]


def _note_issue(directive: Directive, *, actor: User, now: datetime) -> None:
    """Put into the history that the paper is in force since its issue, or a draft."""
    StatusChange.objects.create(
        directive=directive,
        status=Directive.Status.DRAFT if directive.is_draft else Directive.Status.IN_FORCE,
        since=directive.issued_on,
        noted_by=actor,
        noted_at=now,
    )


_TEXT_COLUMNS = ("code", "issuer", "title", "signer_post", "signer_name", "printed_as", "note")


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


def _need_key(is_draft: bool, code: str, issued_on: date | None) -> None:
    if not is_draft and not (code and issued_on):
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
    with transaction.atomic():
        made = Requirement.objects.create(
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
        record(directive, What.REQUIREMENT_ADDED, _said_of(made), actor=actor, now=now)
    return made


def remove_requirement(requirement: Requirement, *, actor: User, now: datetime) -> None:
    _need_admin(actor, "Yêu cầu của văn bản do quản trị hệ thống ghi.")
    with transaction.atomic():
        details = _said_of(requirement)
        record(requirement.directive, What.REQUIREMENT_REMOVED, details, actor=actor, now=now)
        requirement.delete()


def _said_of(requirement: Requirement) -> dict[str, str]:
    return {"addressee": requirement.addressee, "text": requirement.text, "phrase": requirement.phrase}


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
    with transaction.atomic():
        made, is_new = Relation.objects.get_or_create(from_directive=later, to_directive=earlier, kind=kind)
        if is_new:
            record(later, What.RELATED, {"kind": str(kind)}, actor=actor, now=now, other=earlier)
    return made


def unrelate(relation: Relation, *, actor: User, now: datetime) -> None:
    if not actor.is_admin:
        raise RegisterRefused("Quan hệ văn bản do quản trị hệ thống ghi.")
    later, earlier = relation.from_directive, relation.to_directive
    with transaction.atomic():
        record(later, What.UNRELATED, {"kind": relation.kind}, actor=actor, now=now, other=earlier)
        relation.delete()


def change_status(
    directive: Directive, status: str, *, since: date, by: Directive | None, actor: User, now: datetime
) -> None:
    """Amended, replaced or repealed: from which day and by which paper; or in force again.

    It counts from its day on, be that past or to come. The paper that did it is related to this one, so that
    the lineage shows it. The same end by the same paper on another day puts the day right; saying twice what
    counts already changes nothing.
    """
    _need_admin(actor, "Hiệu lực văn bản do quản trị hệ thống ghi.")
    if directive.is_draft or not (directive.code and directive.issued_on):
        raise RegisterRefused("Văn bản chưa có số hoặc ngày nên chỉ có thể là dự thảo.")
    if since < directive.issued_on:
        raise RegisterRefused("Ngày thay đổi hiệu lực không thể trước ngày ban hành.")
    if by is not None and by.pk == directive.pk:
        raise RegisterRefused("Văn bản không thể tự thay đổi hiệu lực của chính nó.")
    if by is not None and by.issued_on and by.issued_on < directive.issued_on:
        raise RegisterRefused(
            f"{by.label} ban hành ngày {by.issued_on:%d/%m/%Y}, trước {directive.label} "
            f"({directive.issued_on:%d/%m/%Y}), nên không thể thay đổi hiệu lực của văn bản này. Hãy chọn lại văn bản."
        )
    then = validity_on(directive, since)
    if (then.status, then.since, then.by) == (status, since, by):
        return
    with transaction.atomic():
        same_end = directive.status_changes.filter(status=status, by=by).first() if by else None
        if same_end is not None and status in ENDED_BY:
            _date_again(same_end, since, actor=actor, now=now)
        else:
            StatusChange.objects.create(
                directive=directive, status=status, since=since, by=by, noted_by=actor, noted_at=now
            )
        if by is not None and status in ENDED_BY:
            relate(by, ENDED_BY[Directive.Status(status)], directive, actor=actor, now=now)


def _date_again(change: StatusChange, since: date, *, actor: User, now: datetime) -> None:
    was = f"{change.since:%d/%m/%Y}" if change.since else ""
    changes = [{"field": "since", "was": was, "became": f"{since:%d/%m/%Y}"}]
    details = {**_noted_in(change), "changes": changes}
    record(change.directive, What.STATUS_DATED, details, actor=actor, now=now)
    change.since = since
    change.save(update_fields=["since"])


def withdraw_status(change: StatusChange, *, actor: User, now: datetime) -> None:
    """Take back what was noted of a paper's validity by mistake; the ledger keeps what it said.

    The relation to the paper that was named stays. Raises `RegisterRefused` for the paper's issue itself.
    """
    _need_admin(actor, "Hiệu lực văn bản do quản trị hệ thống ghi.")
    if not change.is_change:
        raise RegisterRefused("Dòng này là việc ban hành văn bản. Muốn đổi ngày, hãy sửa ngày ban hành.")
    with transaction.atomic():
        record(change.directive, What.STATUS_WITHDRAWN, _noted_in(change), actor=actor, now=now)
        change.delete()


def _noted_in(change: StatusChange) -> dict[str, str]:
    return {
        "status": change.status,
        "since": f"{change.since:%d/%m/%Y}" if change.since else "",
        "by": change.by.label if change.by else "",
    }


def attach(directive: Directive, stored: StoredUpload, *, actor: User, now: datetime) -> DirectiveFile:
    """Keep a checked and stored upload with its paper."""
    if not actor.is_admin:
        raise RegisterRefused("Tệp văn bản do quản trị hệ thống tải lên.")
    with transaction.atomic():
        made = DirectiveFile.objects.create(
            directive=directive,
            name=stored.name,
            path=stored.path,
            content_type=stored.content_type,
            size=stored.size,
            sha256=stored.sha256,
            uploaded_by=actor,
            uploaded_at=now,
        )
        record(directive, What.FILE_ADDED, _known_of(made), actor=actor, now=now)
    return made


def _known_of(file: DirectiveFile) -> dict[str, object]:
    return {"name": file.name, "sha256": file.sha256, "size": file.size}


def detach(file: DirectiveFile, *, actor: User, now: datetime) -> None:
    """Take a copy away, row and bytes; the bytes go when the transaction has ended well."""
    _need_admin(actor, "Tệp văn bản do quản trị hệ thống tải lên.")
    path = Path(settings.MEDIA_ROOT) / file.path
    with transaction.atomic():
        record(file.directive, What.FILE_REMOVED, _known_of(file), actor=actor, now=now)
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
