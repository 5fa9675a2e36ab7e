"""Why the text of a file could not be read, said to the person who uploaded it."""

from __future__ import annotations

from enum import StrEnum

LARGEST = 20 * 1024 * 1024
"""Bytes a file may have."""
MOST_PAGES = 200
MOST_CHARACTERS = 1_500_000
"""Of the text: 200 close-printed pages have about half of it."""


class Reason(StrEnum):
    """What was wrong with the file."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_LONG = "too_long"
    SCANNED = "scanned"
    NO_TEXT = "no_text"
    OLD_WORD = "old_word"
    OLD_OFFICE = "old_office"
    RICH_TEXT = "rich_text"
    OTHER_OFFICE = "other_office"
    IMAGE = "image"
    XML = "xml"
    UNKNOWN = "unknown"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    UNSAFE = "unsafe"
    NESTED = "nested"
    TIMEOUT = "timeout"
    MEMORY = "memory"


_PASTE = "hoặc dán nội dung vào ô văn bản"
_STILL_ATTACHED = "Tệp vẫn có thể được đính kèm."
_SAVE_AS_DOCX = f"Hãy mở tệp, chọn Lưu thành .docx (Word) rồi tải lại, {_PASTE}."
_MESSAGES = {
    Reason.EMPTY: "rỗng, không có nội dung nào. Hãy chọn lại đúng tệp rồi tải lên.",
    Reason.TOO_LARGE: f"lớn hơn 20 MB nên không đọc. Hãy nén ảnh trong tệp, tách phụ lục thành tệp riêng {_PASTE}.",
    Reason.TOO_MANY_PAGES: (
        f"có nhiều hơn {MOST_PAGES} trang nên không đọc. Hãy tách phần cần đọc thành tệp riêng {_PASTE}. "
        + _STILL_ATTACHED
    ),
    Reason.TOO_LONG: (
        f"quá dài (hơn {MOST_PAGES} trang chữ) nên không đọc. Hãy tách phần cần đọc thành tệp riêng {_PASTE}. "
        + _STILL_ATTACHED
    ),
    Reason.SCANNED: (
        "là bản quét, không có lớp chữ để đọc. Hãy tải bản Word hoặc dán nội dung; tệp vẫn được đính kèm."
    ),
    Reason.NO_TEXT: f"không có chữ nào để đọc. Hãy kiểm tra lại tệp {_PASTE}. {_STILL_ATTACHED}",
    Reason.OLD_WORD: f"là định dạng Word cũ (.doc) nên không đọc được. {_SAVE_AS_DOCX}",
    Reason.OLD_OFFICE: f"là định dạng Office cũ nên không đọc được. {_SAVE_AS_DOCX}",
    Reason.RICH_TEXT: f"là định dạng RTF nên không đọc được. {_SAVE_AS_DOCX}",
    Reason.OTHER_OFFICE: (
        f"không phải văn bản Word mà là tệp nén hoặc loại tệp khác. Hãy tải tệp .docx, .pdf, .txt {_PASTE}."
    ),
    Reason.IMAGE: "là ảnh, không có lớp chữ để đọc. Hãy tải bản Word hoặc dán nội dung; tệp vẫn được đính kèm.",
    Reason.XML: f"là tệp XML nên không đọc được. {_SAVE_AS_DOCX}",
    Reason.UNKNOWN: f"không nhận ra được là loại gì. Hãy tải tệp .docx, .pdf có lớp chữ, .txt {_PASTE}.",
    Reason.ENCRYPTED: f"được đặt mật khẩu nên không đọc được. Hãy bỏ mật khẩu, lưu lại rồi tải lên, {_PASTE}.",
    Reason.BROKEN: (
        f"bị hỏng, không mở được. Hãy mở bằng phần mềm gốc, lưu lại thành .docx hoặc PDF rồi tải lên, {_PASTE}."
    ),
    Reason.UNSAFE: (
        "có cấu trúc bất thường (khai báo DTD hoặc quá nhiều phần) nên không đọc vì an toàn. "
        f"Hãy mở bằng Word, chép nội dung sang tệp .docx mới rồi tải lên, {_PASTE}."
    ),
    Reason.NESTED: (
        "có bảng hoặc đối tượng lồng nhau quá sâu nên không đọc được. "
        f"Hãy bỏ bớt bảng lồng, lưu lại rồi tải lên, {_PASTE}."
    ),
    Reason.TIMEOUT: (
        f"đọc quá lâu nên đã dừng. Hãy tách phần cần đọc thành tệp riêng {_PASTE}. {_STILL_ATTACHED}"
    ),
    Reason.MEMORY: (
        f"cần quá nhiều bộ nhớ nên đã dừng đọc. Hãy tách phần cần đọc thành tệp riêng {_PASTE}. {_STILL_ATTACHED}"
    ),
}


class Unreadable(ValueError):
    """The text of a file could not be read; `str()` says in Vietnamese what happened and what to do."""

    def __init__(self, reason: Reason, name: str = "") -> None:
        """Take the reason and the file's name as shown."""
        self.reason = reason
        self.name = name
        super().__init__(" ".join(part for part in ("Tệp", name, _MESSAGES[reason]) if part))

    def of(self, name: str) -> Unreadable:
        """Return the same said of a file with this name."""
        return Unreadable(self.reason, name)
