"""The user guide: one page a role, short, in Vietnamese. The texts are in templates/help/."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

# page → (title, for whom)
PAGES = {
    "soan-bao-cao": ("Soạn báo cáo", "chuyên viên của đơn vị"),
    "duyet-va-nop": ("Duyệt và nộp", "lãnh đạo đơn vị"),
    "van-phong-bo": ("Theo dõi, xem xét, tổng hợp", "chuyên viên, lãnh đạo và văn thư Văn phòng Bộ"),
    "quan-tri": ("Quản trị", "quản trị hệ thống"),
}


def help_page(request: HttpRequest, page: str = "index") -> HttpResponse:
    """One page of the guide, or its `index`; 404 for a page that does not exist."""
    listed = [{"page": name, "title": title, "reader": reader} for name, (title, reader) in PAGES.items()]
    if page == "index":
        return render(request, "help/index.html", {"pages": listed})
    if page not in PAGES:
        raise Http404
    title, reader = PAGES[page]
    return render(
        request, f"help/{page}.html", {"pages": listed, "page": page, "title": title, "reader": reader}
    )
