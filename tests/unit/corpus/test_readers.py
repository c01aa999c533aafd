"""Plain text and Markdown files: read, or refused with a reason."""

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given

from corpus.errors import UnreadableFileError
from corpus.readers.plain_text import LARGEST_MB, PlainTextReader
from tests.strategies import vietnamese
from tests.unit.corpus import samples
from tests.unit.corpus.samples import LONG, quickly

READER = PlainTextReader()
TCVN3 = "§éc lËp - Tù do - H¹nh phóc\n".encode("latin-1")


def file(folder: Path, content: bytes, name: str = "a.txt") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings(encoding: str, tmp_path: Path) -> None:
    text = "Số: 45/KH-UBND\nỦy ban nhân dân"
    found = READER.read(file(tmp_path, text.encode(encoding)))
    assert found.text.removeprefix("\ufeff") == text
    assert not found.markdown


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_utf_16_in_both_orders(mark: bytes, tmp_path: Path) -> None:
    encoding = "utf-16-le" if mark == b"\xff\xfe" else "utf-16-be"
    assert READER.read(file(tmp_path, mark + "Đảng ủy".encode(encoding))).text == "Đảng ủy"


@given(vietnamese)
def test_text_comes_as_it_stands(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert READER.read(file(Path(folder), text.encode())).text == text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "không có chữ"),
        (b" \n\t\r\n", "không có chữ"),
        ("\ufeff\n".encode(), "không có chữ"),
        (b"PK\x03\x04\x00\x00binary\x00\x00", "nhị phân"),
        (bytes(range(1, 9)) * 100 + b"text", "nhị phân"),
        (TCVN3, "bảng mã không phải UTF-8"),
        ("Độc lập".encode("cp1258", "replace"), "bảng mã không phải UTF-8"),
        (b"\xff\xfe\x00", "bảng mã không phải UTF-8"),
    ],
)
def test_refusals(content: bytes, reason: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match=reason):
        READER.read(file(tmp_path, content))


def test_too_large(tmp_path: Path) -> None:
    path = file(tmp_path, b"")
    os.truncate(path, 50_000_000)
    with quickly(), pytest.raises(UnreadableFileError, match=rf"50 MB.*{LARGEST_MB} MB"):
        READER.read(path)


def test_missing(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="không mở được tệp"):
        READER.read(tmp_path / "none.txt")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable(tmp_path: Path) -> None:
    path = file(tmp_path, b"a")
    path.chmod(0)
    with pytest.raises(UnreadableFileError, match="quyền đọc"):
        READER.read(path)


@pytest.mark.parametrize("name", samples.NAMES)
def test_markdown_is_told_by_what_is_in_a_file(name: str, tmp_path: Path) -> None:
    content = (samples.SAMPLES / "documents" / name).read_bytes()
    other = "b.txt" if name.endswith(".md") else "b.md"
    assert READER.read(file(tmp_path, content, other)).markdown is name.endswith(".md")


@pytest.mark.parametrize(("count", "markdown"), [(0, False), (2, False), (3, True)])
def test_a_few_marks_are_no_markdown(count: int, markdown: bool, tmp_path: Path) -> None:
    content = "## Phần\n\nNội dung.\n\n" * count + "* Ghi chú # 1"
    assert READER.read(file(tmp_path, content.encode())).markdown is markdown


@pytest.mark.parametrize("content", [b"\n" * LONG + b"a", b" \n" * LONG + b"a", b"a\n\n" * LONG])
def test_blank_lines_are_read_at_once(content: bytes, tmp_path: Path) -> None:
    with quickly():
        assert not READER.read(file(tmp_path, content)).markdown
