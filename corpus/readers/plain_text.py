"""Plain text and Markdown, told apart by what is in them rather than by their name."""

import re
from pathlib import Path

from corpus.canonical import SourceText
from corpus.errors import UnreadableFileError

LARGEST_MB = 20
"""A text of this size is some 8,000 printed pages: more is a log or a mistake."""

_MARKS = re.compile(
    r"^#{1,6}\s+\S|^[^\S\n]*\*\*[^*\n]+\*\*\s*$|^[^\S\n]*\|(?:\s*:?-{3,}:?\s*\|)+\s*$", re.MULTILINE
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_BYTE_ORDER_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


class PlainTextReader:
    """Reads `.txt` and `.md` in UTF-8 (or UTF-16 with its mark)."""

    suffixes = frozenset({".txt", ".md", ".markdown", ".text"})

    def check(self, path: Path) -> None:
        """Refuse what is too large or cannot be opened."""
        try:
            size = path.stat().st_size
            path.open("rb").close()
        except PermissionError as error:
            reason = "không có quyền đọc tệp; hãy cấp quyền đọc rồi chạy lại"
            raise UnreadableFileError(reason, passing=True) from error
        except OSError as error:
            reason = f"không mở được tệp ({error.strerror or error})"
            raise UnreadableFileError(reason, passing=True) from error
        if size > LARGEST_MB * 1_000_000:
            raise UnreadableFileError(
                f"tệp dài {size / 1_000_000:.0f} MB, quá mức {LARGEST_MB} MB; "
                "hãy tách thành nhiều tệp"
            )

    def read(self, path: Path) -> SourceText:
        """The text of the file; raises UnreadableFileError with one plain reason."""
        self.check(path)
        text = _decoded(path.read_bytes())
        if not text.strip():
            raise UnreadableFileError("tệp không có chữ nào")
        if len(_CONTROL.findall(text)) > len(text) // 200:
            raise UnreadableFileError("nội dung là dữ liệu nhị phân, không phải văn bản")
        return SourceText(text, markdown=len(_MARKS.findall(text)) >= 3)


def _decoded(data: bytes) -> str:
    encoding = next((e for mark, e in _BYTE_ORDER_MARKS.items() if data.startswith(mark)), "utf-8")
    if b"\x00" in data[:4096] and encoding == "utf-8":
        raise UnreadableFileError("nội dung là dữ liệu nhị phân, không phải văn bản")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFileError(
            f"bảng mã không phải UTF-8 (từ byte thứ {error.start + 1}); hãy lưu lại tệp bằng UTF-8"
        ) from error
