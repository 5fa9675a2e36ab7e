"""The text of a registered file."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from directives.file_texts import parts, text_of
from directives.models import DirectiveFile


@require_safe
def file_text(request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
    """What the file says, page by page, or why it cannot be read; everybody who signs in may read it."""
    found = DirectiveFile.objects.select_related("directive", "uploaded_by")
    file = get_object_or_404(found, directive__pk=pk, pk=file_pk)
    reading = text_of(file, now=timezone.now())
    page = Paginator(parts(reading.text), 1).get_page(request.GET.get("page"))
    return render(
        request,
        "directives/file_text.html",
        {"directive": file.directive, "file": file, "reading": reading, "page": page, "part": page[0]},
    )
