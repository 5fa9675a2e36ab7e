"""The register of directives: looking papers up, and, for admins, keeping them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from directives import queries
from directives import register as keeping
from directives.forms import FileForm, PaperForm, RelationForm, RequirementForm, StatusForm
from directives.models import (
    Directive,
    DirectiveFile,
    Relation,
    RelationKind,
    Requirement,
    StatusChange,
)
from directives.register import RegisterRefused
from directives.validity import validity_on
from directives.views.rights import need_admin
from units import uploads
from units.text import row_number
from units.views.rights import person_of

PAGE = 50


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """The list as `RegisterFilter` reads it from the address; ?chon=<paper> draws one under it."""
    today = timezone.localdate()
    asked = queries.RegisterFilter.read(request.GET.dict())
    found = queries.find(asked, today)
    page = Paginator(found.keys, PAGE).get_page(request.GET.get("page"))
    chosen = _chosen(request)
    kin = queries.family(chosen, today) if chosen else None
    citing, cited = queries.related_papers()
    return render(
        request,
        "directives/register.html",
        {
            "asked": asked,
            "found": found,
            "page": page,
            "rows": queries.rows(list(page.object_list), today),
            "total": page.paginator.count,
            "related": page.paginator.count - (found.exact or 0),
            "kinds": queries.kinds_in_use(),
            "statuses": queries.VALIDITIES,
            "years": queries.years_in_use(),
            "issuers": queries.issuers_in_use(),
            "rounds": queries.rounds_in_use(),
            "citing": citing,
            "cited": cited,
            "orders": queries.ORDERS.items(),
            "shared_codes": queries.shared_codes(),
            "chosen": chosen,
            "kin": kin,
            "drawing": kin and queries.draw(kin),
            "is_admin": person_of(request).is_admin,
        },
    )


def _chosen(request: HttpRequest) -> Directive | None:
    return Directive.objects.filter(pk=row_number(request.GET.get("chon", "")) or 0).first()


def new(request: HttpRequest) -> HttpResponse:
    """Register a paper by hand; relations, requirements and files are added on the next page."""
    need_admin(request)
    form = PaperForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            paper = keeping.register(form.spec, actor=person_of(request), now=timezone.now())
        except RegisterRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã đăng ký {paper.label}. Ghi tiếp quan hệ, yêu cầu và tệp ở dưới.")
            return redirect("directives:edit", paper.pk)
    return render(
        request, "directives/directive_new.html", {"form": form}, status=422 if form.errors else 200
    )


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What is known of a paper, its standing, relations, requirements and files, each with its own form."""
    need_admin(request)
    paper = get_object_or_404(Directive, pk=pk)
    form = PaperForm(request.POST or None, directive=paper)
    if request.method != "POST" or not form.is_valid():
        return _edit_page(request, paper, status=422 if form.errors else 200, form=form)
    try:
        keeping.revise(paper, form.spec, actor=person_of(request), now=timezone.now())
    except RegisterRefused as refusal:
        form.add_error(None, str(refusal))
        return _edit_page(request, get_object_or_404(Directive, pk=pk), status=422, form=form)
    messages.success(request, f"Đã lưu {paper.label}.")
    return redirect(paper)


def _edit_page(request: HttpRequest, paper: Directive, *, status: int = 200, **forms: Any) -> HttpResponse:
    validity = validity_on(paper, timezone.localdate())
    context = {
        "directive": paper,
        "validity": validity,
        "form": PaperForm(directive=paper),
        "status_form": StatusForm(directive=paper, prefix="hl", initial={"status": validity.status}),
        "relation_form": RelationForm(directive=paper, prefix="qh"),
        "requirement_form": RequirementForm(prefix="yc"),
        "file_form": FileForm(prefix="tep"),
        "relations_out": paper.relations_out.select_related("to_directive"),
        "relations_in": paper.relations_in.select_related("from_directive"),
        "requirements": paper.requirements.select_related("group"),
        "files": paper.files.select_related("uploaded_by"),
        **forms,
    }
    return render(request, "directives/directive_edit.html", context, status=status)


@require_POST
def status_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Amended, replaced, repealed, or in force again: since when and by which paper."""
    paper = _paper_to_keep(request, pk)
    form = StatusForm(request.POST, directive=paper, prefix="hl")
    if form.is_valid():
        data, now = form.cleaned_data, timezone.now()
        try:
            keeping.change_status(
                paper, data["status"], since=data["since"], by=data["by"], actor=person_of(request), now=now
            )
        except RegisterRefused as refusal:
            form.add_error("since", str(refusal))
        else:
            today = timezone.localdate(now)
            noted = Directive.Status(data["status"])
            messages.success(request, _status_words(paper, noted, data["since"], today))
            return _back(paper, "hieu-luc")
    return _edit_page(request, paper, status=422, status_form=form)


def _status_words(paper: Directive, noted: Directive.Status, since: date, today: date) -> str:
    said = f"Đã ghi hiệu lực: {noted.label.lower()} từ {since:%d/%m/%Y}."
    current = validity_on(paper, today)
    if (current.status, current.since) == (noted, since):
        return said
    later = " Ngày đó chưa đến nên" if since > today else " Sau ngày đó có thay đổi khác nên"
    return f"{said}{later} hôm nay văn bản: {current.label.lower()}."


@require_POST
def status_withdraw(request: HttpRequest, pk: int, change_pk: int) -> HttpResponse:
    """Take back what was noted of the validity by mistake."""
    paper = _paper_to_keep(request, pk)
    change = get_object_or_404(StatusChange, directive=paper, pk=change_pk)
    try:
        keeping.withdraw_status(change, actor=person_of(request), now=timezone.now())
    except RegisterRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request,
            "Đã bỏ dòng hiệu lực ghi nhầm. Quan hệ với văn bản kia vẫn còn; nếu cũng nhầm, bỏ ở mục Quan hệ.",
        )
    return _back(paper, "hieu-luc")


@require_POST
def relation_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what this paper does to an earlier one."""
    paper = _paper_to_keep(request, pk)
    form = RelationForm(request.POST, directive=paper, prefix="qh")
    if not form.is_valid():
        return _edit_page(request, paper, status=422, relation_form=form)
    kind = RelationKind(form.cleaned_data["kind"])
    keeping.relate(paper, kind, form.cleaned_data["to"], actor=person_of(request), now=timezone.now())
    messages.success(request, f"Đã ghi: {kind.label} {form.cleaned_data['to'].label}.")
    return _back(paper, "quan-he")


@require_POST
def relation_remove(request: HttpRequest, pk: int, relation_pk: int) -> HttpResponse:
    """Take a relation away, from either of its two papers."""
    paper = _paper_to_keep(request, pk)
    either = Q(from_directive=paper) | Q(to_directive=paper)
    keeping.unrelate(
        get_object_or_404(Relation, either, pk=relation_pk), actor=person_of(request), now=timezone.now()
    )
    messages.success(request, "Đã bỏ quan hệ.")
    return _back(paper, "quan-he")


@require_POST
def requirement_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Note who must do what because of the paper, and by when."""
    paper = _paper_to_keep(request, pk)
    form = RequirementForm(request.POST, prefix="yc")
    if form.is_valid():
        try:
            keeping.add_requirement(paper, form.spec, actor=person_of(request), now=timezone.now())
        except RegisterRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã thêm yêu cầu.")
            return _back(paper, "yeu-cau")
    return _edit_page(request, paper, status=422, requirement_form=form)


@require_POST
def requirement_remove(request: HttpRequest, pk: int, requirement_pk: int) -> HttpResponse:
    paper = _paper_to_keep(request, pk)
    row = get_object_or_404(Requirement, directive=paper, pk=requirement_pk)
    keeping.remove_requirement(row, actor=person_of(request), now=timezone.now())
    messages.success(request, "Đã bỏ yêu cầu.")
    return _back(paper, "yeu-cau")


@require_POST
def file_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a copy of the paper; refused by content, size, type and secrecy mark before it is stored."""
    paper = _paper_to_keep(request, pk)
    form = FileForm(request.POST, request.FILES, prefix="tep")
    if form.is_valid():
        upload: UploadedFile = form.cleaned_data["file"]
        try:
            checked = uploads.check(upload)
            with uploads.rows_and_files() as paths:
                stored = uploads.keep(checked, folder="van-ban")
                paths.append(stored.path)
                keeping.attach(paper, stored, actor=person_of(request), now=timezone.now())
        except uploads.UploadRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, f"Đã tải lên {stored.name}.")
            return _back(paper, "tep")
    return _edit_page(request, paper, status=422, file_form=form)


@require_safe
def file(request: HttpRequest, pk: int, file_pk: int) -> FileResponse:
    """Everybody who signs in may read a registered paper."""
    row = get_object_or_404(DirectiveFile, directive__pk=pk, pk=file_pk)
    return uploads.serve(row.path, name=row.name, content_type=row.content_type)


@require_POST
def file_remove(request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
    paper = _paper_to_keep(request, pk)
    row = get_object_or_404(DirectiveFile, directive=paper, pk=file_pk)
    keeping.detach(row, actor=person_of(request), now=timezone.now())
    messages.success(request, f"Đã bỏ tệp {row.name}.")
    return _back(paper, "tep")


def _paper_to_keep(request: HttpRequest, pk: int) -> Directive:
    need_admin(request)
    return get_object_or_404(Directive, pk=pk)


def _back(paper: Directive, anchor: str) -> HttpResponseRedirect:
    return redirect(f"{reverse('directives:edit', args=[paper.pk])}#{anchor}")
