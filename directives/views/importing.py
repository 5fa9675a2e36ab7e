"""Registering many papers from a spreadsheet: upload, look at every line, confirm.

Nothing is stored before the confirmation: what was read travels in the page, signed.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from directives.forms import SheetForm
from directives.paper_import import ImportLine, Outcome, assess, import_papers
from directives.paper_sheets import MOST_LINES, Entry, Line, SheetRefused, lines_of, read_line
from directives.views.rights import need_admin
from units.extraction.papers import Limits, extract_rows
from units.extraction.unreadable import Reason, Unreadable
from units.text import row_number
from units.uploads import shown_name
from units.views.rights import person_of

LARGEST_SHEET = 5 * 1024 * 1024
_LIMITS = Limits(seconds=20.0, cpu_seconds=15)
_GOOD_FOR = 24 * 3600  # seconds
_SAVE_AS = "Hãy mở bằng Excel hoặc LibreOffice, lưu lại thành .xlsx rồi tải lên."
_WHY = {
    Reason.EMPTY: "không có dòng nào. Hãy dùng tệp mẫu và điền từ dòng dưới tiêu đề.",
    Reason.TOO_LARGE: "lớn hơn 5 MB. Hãy bỏ ảnh, bỏ các trang tính khác hoặc chia nhỏ rồi tải lại.",
    Reason.TOO_LONG: f"có quá nhiều dòng hoặc cột. Mỗi lần nhập nhiều nhất {MOST_LINES} văn bản; hãy chia nhỏ.",
    Reason.ENCRYPTED: "được đặt mật khẩu. Hãy bỏ mật khẩu, lưu lại rồi tải lên.",
    Reason.OLD_OFFICE: f"là định dạng Office cũ. {_SAVE_AS}",
    Reason.OLD_WORD: "là văn bản Word, không phải bảng tính. Hãy dùng tệp mẫu.",
    Reason.OTHER_OFFICE: "không phải bảng tính. Nhận .xlsx, .ods hoặc .csv; hãy dùng tệp mẫu.",
    Reason.IMAGE: "là ảnh. Nhận .xlsx, .ods hoặc .csv; hãy dùng tệp mẫu.",
    Reason.TIMEOUT: "đọc quá lâu nên đã dừng. Hãy chia nhỏ rồi tải lại.",
    Reason.MEMORY: "cần quá nhiều bộ nhớ nên đã dừng đọc. Hãy chia nhỏ rồi tải lại.",
    Reason.UNSAFE: f"có cấu trúc bất thường nên không đọc vì an toàn. {_SAVE_AS}",
}
_UNREADABLE = f"bị hỏng hoặc không phải bảng tính nên không đọc được. {_SAVE_AS}"


def import_sheet(request: HttpRequest) -> HttpResponse:
    """The way in: what a table needs, and after the upload every line with what it would do."""
    need_admin(request)
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload: UploadedFile = form.cleaned_data["file"]
        name = shown_name(upload.name or "")
        try:
            lines, unused = _read(upload, name)
        except SheetRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            return _preview(request, name, lines, unused=unused)
    return render(
        request,
        "directives/import_sheet.html",
        {"form": form, "most": MOST_LINES},
        status=422 if form.errors else 200,
    )


def _read(upload: UploadedFile, name: str) -> tuple[list[Line], list[str]]:
    """Raises `SheetRefused` for a file that is no table of papers, with what to do."""
    if (upload.size or 0) > LARGEST_SHEET:
        raise SheetRefused(f"Tệp {name} {_WHY[Reason.TOO_LARGE]}")
    try:
        rows = extract_rows(upload.read(), name, limits=_LIMITS)
    except Unreadable as refusal:
        raise SheetRefused(f"Tệp {name} {_WHY.get(refusal.reason, _UNREADABLE)}") from None
    return lines_of(rows, upload.name or "")


@require_POST
def import_confirm(request: HttpRequest) -> HttpResponse:
    """Register the lines that stay ticked, all or none; a second time nothing is left to do."""
    need_admin(request)
    try:
        kept = signing.loads(request.POST.get("bang", ""), salt=_salt(request), max_age=_GOOD_FOR)
    except signing.BadSignature:
        messages.error(
            request, "Bản xem trước đã cũ nên chưa đăng ký văn bản nào. Hãy tải bảng tính lên lại."
        )
        return redirect("directives:import_sheet")
    lines: list[Line] = [(number, cells) for number, cells in kept["lines"]]
    chosen = {line for line in map(row_number, request.POST.getlist("dong")) if line is not None}
    if not chosen:
        return _preview(request, kept["name"], lines, chosen=chosen, refusal="Chưa chọn dòng nào để đăng ký.")
    try:
        made = import_papers(
            _entries(lines),
            chosen,
            source=f"bảng tính {kept['name']}",
            actor=person_of(request),
            now=timezone.now(),
        )
    except SheetRefused as refusal:
        return _preview(request, kept["name"], lines, chosen=chosen, refusal=str(refusal))
    if made:
        messages.success(request, f"Đã đăng ký {len(made)} văn bản từ {kept['name']}.")
    else:
        messages.info(request, "Các văn bản đã chọn đều có trong danh mục, không đăng ký thêm gì.")
    return redirect("directives:register")


def _entries(lines: list[Line]) -> list[Entry]:
    return [read_line(number, cells) for number, cells in lines]


def _preview(
    request: HttpRequest,
    name: str,
    lines: list[Line],
    *,
    unused: list[str] | None = None,
    chosen: set[int] | None = None,
    refusal: str = "",
) -> HttpResponse:
    """Every line; those that would be registered are ticked, questions only when a person ticks them."""
    assessed = assess(_entries(lines), timezone.localdate())
    if chosen is None:
        chosen = {line.entry.line for line in assessed if line.outcome == Outcome.NEW}
    context: dict[str, Any] = {
        "name": name,
        "lines": assessed,
        "chosen": chosen,
        "counts": _counts(assessed),
        "unused": unused or [],
        "refusal": refusal,
        "bang": signing.dumps({"name": name, "lines": lines}, salt=_salt(request), compress=True),
    }
    return render(request, "directives/import_preview.html", context, status=422 if refusal else 200)


def _counts(lines: list[ImportLine]) -> dict[str, int]:
    return {outcome.value: sum(line.outcome == outcome for line in lines) for outcome in Outcome}


def _salt(request: HttpRequest) -> str:
    """A page is confirmed by who saw it."""
    return f"directives.import.{person_of(request).pk}"
