"""How much one request may send: refused by its announced length, or stopped while files are taken in.

Django counts neither files nor what it spools of them to disk; without a ceiling one upload fills it.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse

from portal import errors


class BodyLimitMiddleware:
    """413 for a request that announces more than `settings.LARGEST_BODY` bytes; nothing of it is read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH") or ""
        if announced.isascii() and announced.isdigit() and _longer(announced, settings.LARGEST_BODY):
            return errors.too_large(request)
        return self.get_response(request)


def _longer(digits: str, limit: int) -> bool:
    # Python refuses to read numbers of thousands of digits, which a header may well hold.
    return len(digits) > 18 or int(digits) > limit


class StopAtLimit(FileUploadHandler):
    """Stops a form whose files together pass the limit while they come in, whatever length was announced.

    Stands before the handlers that keep the bytes and has them throw away what they hold of this file.
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.taken = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.taken += len(raw_data)
        if self.taken > settings.LARGEST_BODY:
            for behind in self.request.upload_handlers if self.request else ():
                behind.upload_interrupted()  # else half a file lies about until the garbage is collected
            raise RequestDataTooBig("The files of a form are larger than LARGEST_BODY.")
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """Leave the file to the handlers behind."""
        return None
