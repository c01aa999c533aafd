"""What documents say of themselves: of the samples, of real ones, and of odd ones."""

import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import read_document
from corpus.model import Document, Header
from corpus.readers.plain_text import PlainTextReader
from tests.shared_data import rows
from tests.strategies import anything, printed
from tests.unit.corpus import samples
from tests.unit.corpus.samples import LONG, quickly, read

FIELDS = ("type", "number", "date", "issuer", "title", "signer", "recipients", "addressees")
JOINT = {("ctr-02-phoi-hop-2025-2030.txt", "issuer"), ("ctr-02-phoi-hop-2025-2030.txt", "signer")}
"""Issued by two bodies, whose names and signers stand side by side on one printed line."""


def same(field: str, found: Any, expected: Any) -> bool:
    if field == "title":
        return (found or "").casefold() == (expected or "").casefold()
    return bool((list(found) if isinstance(found, tuple) else found) == expected)


def wrong(header: Header, gold: dict[str, Any]) -> set[str]:
    return {field for field in FIELDS if not same(field, getattr(header, field), gold[field])}


@pytest.mark.parametrize("name", samples.NAMES)
def test_samples(name: str) -> None:
    found = wrong(samples.document(name).header, samples.GOLD[name])
    assert found == {field for file, field in JOINT if file == name}


@pytest.mark.parametrize("name", samples.NAMES)
def test_decomposed_samples_say_the_same(name: str) -> None:
    source = samples.source(name)
    found = read(unicodedata.normalize("NFD", source.text), markdown=source.markdown)
    assert found.header == samples.document(name).header


@pytest.mark.parametrize("name", samples.NAMES)
def test_spans_show_where_it_stands(name: str) -> None:
    document = samples.document(name)
    header, spans = document.header, document.header.spans
    words = {field: span.of(document.text) for field, span in spans.items()}
    assert set(words) >= {f for f in ("number", "date", "title", "signer") if getattr(header, f)}
    if header.signer:
        assert header.signer in words["signer"]
    if header.number:
        assert header.number in words["number"].replace(" ", "")
    if header.date:
        assert re.match(r"[^\W\d_][\w ]+, ngày", words["date"])
        assert words["date"].endswith(f"năm {header.date[:4]}")
        assert not re.search("UBND|BTGDVTU", words["date"])


SEEDS = {
    "000_bbdf54fe80dd6bc2.txt": (
        Header("Báo cáo", None, "2025-12", "UBND tỉnh Đắk Lắk", signer="Trương Công Thái"),
        ("Kết quả thực hiện", "năm 2025"),
    ),
    "001_420f6f346f776c46.txt": (
        Header("Báo cáo", "726/BC-UBND", "2022-12-01", "UBND tỉnh Đắk Nông", signer="Lê Trọng Yên"),
        ("Sơ kết 02 năm", "quan tâm”"),
    ),
    "002_279bb1f3d5fb54a6.txt": (
        Header("Báo cáo", None, None, "Đảng ủy xã Lục Bình", signer="Đinh Thị Mỹ"),
        ("kết quả thực hiện", "năm 2024"),
    ),
    "003_fef7328643f9545c.txt": (
        Header("Công văn", None, "2023-05", "UBND tỉnh Đắk Lắk", signer="Nguyễn Tuấn Hà"),
        ("V/v tăng cường", "chính sách"),
    ),
    "004_8bc2bfa04c63bade.txt": (
        Header("Kế hoạch", None, None, "UBND tỉnh Đắk Lắk", signer="Trương Công Thái"),
        ("Triển khai công tác", "của Đảng”"),
    ),
}


@pytest.mark.parametrize("name", SEEDS)
def test_seeds(name: str, shared: Path) -> None:
    found = _read_file(shared / "corpus" / "seeds" / name).header
    expected, (begin, end) = SEEDS[name]
    for field in ("type", "number", "date", "issuer", "signer"):
        assert getattr(found, field) == getattr(expected, field), field
    assert found.title
    assert found.title.startswith(begin)
    assert found.title.endswith(end)
    assert found.number_blank is (name[:3] in ("000", "003"))


def test_province(shared: Path) -> None:
    gold = [
        row
        for row in rows(shared / "eval" / "province_documents.jsonl")
        if Path(row["file"]).suffix in (".txt", ".md")
    ]
    folder = shared / "corpus" / "province"
    mistakes = {row["file"]: wrong(_read_file(folder / row["file"]).header, row) for row in gold}
    assert len(gold) >= 5
    assert mistakes == {file: set() for file in mistakes}


def _read_file(path: Path) -> Document:
    return read_document(PlainTextReader().read(path))


BODY = """
Căn cứ Luật Tổ chức chính quyền địa phương; Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:
I. MỤC TIÊU
1. Hoàn thành trước ngày 30/6/2026.

Nơi nhận:
- Như trên;
- Sở Tài chính;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Phan Thị Thu Diệp
"""
TITLE = "KẾ HOẠCH\nPhát triển kinh tế số năm 2026\n"


def header(top: str) -> Header:
    return read(top + TITLE + BODY).header


def test_two_columns_on_one_line() -> None:
    found = header(
        "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "TỈNH VÂN LĨNH Độc lập - Tự do - Hạnh phúc\n"
        "Số: 45/KH-UBND Vân Lĩnh, ngày 22 tháng 01 năm 2026\n"
    )
    assert (
        wrong(
            found,
            {
                "type": "Kế hoạch",
                "number": "45/KH-UBND",
                "date": "2026-01-22",
                "issuer": "UBND tỉnh Vân Lĩnh",
                "title": "Phát triển kinh tế số năm 2026",
                "signer": "Phan Thị Thu Diệp",
                "recipients": ["Như trên", "Sở Tài chính"],
                "addressees": [],
            },
        )
        == set()
    )


def test_a_table_of_two_columns() -> None:
    found = header(
        "| ỦY BAN NHÂN DÂN TỈNH VÂN LĨNH | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n"
        "| Số: 45/KH-UBND | Vân Lĩnh, ngày 22 tháng 01 năm 2026 |\n"
    )
    assert (found.number, found.date) == ("45/KH-UBND", "2026-01-22")


def test_a_blank_number_is_a_draft() -> None:
    found = header("ỦY BAN NHÂN DÂN\nTỈNH VÂN LĨNH\nSố:      /KH-UBND\n")
    assert (found.number, found.number_blank) == (None, True)


def test_dots_for_a_number_are_blank_too() -> None:
    assert header("UBND TỈNH VÂN LĨNH\nSố: ……/KH-UBND\n").number_blank


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Vân Lĩnh, ngày 05 tháng 3 năm 2026", "2026-03-05"),
        ("Vân Lĩnh, ngày      tháng 3 năm 2026", "2026-03"),
        ("Vân Lĩnh, ngày ... tháng ... năm 2026", "2026"),
        ("Vân Lĩnh, ngày    tháng    năm", None),
        ("", None),
    ],
)
def test_a_date_as_far_as_it_stands(line: str, date: str | None) -> None:
    assert header(f"UBND TỈNH VÂN LĨNH\nSố: 5/KH-UBND\n{line}\n").date == date


def test_a_date_in_the_body_is_not_the_documents() -> None:
    assert header("").date is None


def test_a_lost_header_is_told_by_the_body() -> None:
    found = read(TITLE + BODY.replace("Ủy ban nhân dân tỉnh ban", "UBND xã Đồng Mây ban")).header
    assert (found.type, found.number, found.date) == ("Kế hoạch", None, None)
    assert found.issuer == "UBND xã Đồng Mây"
    assert not found.number_blank


def test_the_party_form() -> None:
    found = read(
        "ĐẢNG BỘ TỈNH VÂN LĨNH\nĐẢNG ỦY XÃ KHE TRẦM\n*\nSố 31 -BC/ĐU\n\nĐẢNG CỘNG SẢN VIỆT NAM\n"
        "Khe Trầm, ngày 12 tháng 6 năm 2026\n\nBÁO CÁO\ntình hình dư luận\n-----\n"
        "Thực hiện Hướng dẫn số 17-HD/BTGDVTU, Đảng ủy báo cáo như sau:\n\nNơi nhận:\n"
        "- Tỉnh ủy (b/c);\n- Lưu Văn phòng.\n\nT/M BAN THƯỜNG VỤ\nBÍ THƯ\n\nNông Đức Thịnh"
    ).header
    assert (found.type, found.number, found.date) == ("Báo cáo", "31-BC/ĐU", "2026-06-12")
    assert (found.issuer, found.signer) == ("Đảng ủy xã Khe Trầm", "Nông Đức Thịnh")
    assert found.recipients == ("Tỉnh ủy (b/c)",)


def test_a_dispatch_has_addressees_and_a_subject() -> None:
    found = read(
        "UBND TỈNH VÂN LĨNH\nSỞ Y TẾ\nSố: 12/SYT-NV\nV/v trực Tết\n\nKính gửi:\n"
        "- Bệnh viện tỉnh;\n- Trung tâm y tế các xã.\n\n"
        "Thực hiện chỉ đạo của Bộ, Sở Y tế yêu cầu các đơn vị trực đủ người./.\n\n"
        "GIÁM ĐỐC\n\n(Đã ký)\n\nLý Văn Tài"
    ).header
    assert (found.type, found.number) == ("Công văn", "12/SYT-NV")
    assert found.issuer == "Sở Y tế tỉnh Vân Lĩnh"
    assert found.title == "V/v trực Tết"
    assert found.addressees == ("Bệnh viện tỉnh", "Trung tâm y tế các xã")
    assert found.signer == "Lý Văn Tài"


def test_a_text_that_says_nothing_of_itself() -> None:
    found = read("Hôm nay trời đẹp.\nNgười dân ra đồng từ sớm.").header
    assert found == Header()


@given(anything | printed(), st.booleans())
def test_reading_never_fails_and_spans_lie_inside(text: str, markdown: bool) -> None:
    document = read(text, markdown=markdown)
    for span in document.header.spans.values():
        assert 0 <= span.start < span.end <= len(document.text)


@pytest.mark.parametrize(
    "text",
    [
        "KẾ HOẠCH\n" + "." * LONG + " a",
        "Kính gửi: " + "-" * LONG + "a",
        "A, ngày " + "." * LONG + " x",
        "Số " * (LONG // 3) + "\nKẾ HOẠCH",
        "Số 5/A-" * (LONG // 7) + "\nKẾ HOẠCH",
        "ỦY BAN " * (LONG // 7) + "\nKẾ HOẠCH\na\nCăn cứ",
        "Căn cứ\nNơi nhận: " + "- a; " * (LONG // 5),
        "Căn cứ\nNơi nhận:\nCHỦ TỊCH\n" + "Aa " * (LONG // 3),
        "(" * LONG,
        " " * LONG,
        "5" * LONG,
    ],
)
def test_odd_long_texts_are_read_at_once(text: str) -> None:
    with quickly():
        read(text)


def test_a_text_without_a_header_is_named_by_its_short_first_line() -> None:
    document = read("Trồng rừng ven suối\n\n1. Mỗi xã trồng 5 ha.\n\n2. Xã báo cáo hằng quý.")
    assert document.header.title == "Trồng rừng ven suối"
    assert document.header.type is None
    assert document.header.spans["title"].of(document.text) == "Trồng rừng ven suối"


@pytest.mark.parametrize(
    "first",
    ["Mỗi xã trồng 5 ha.", "1. Mỗi xã trồng", "Các xã gồm:", "Xã | Diện tích", "x" * 300],
)
def test_a_first_line_that_is_no_title_names_nothing(first: str) -> None:
    assert read(f"{first}\n\nXã báo cáo hằng quý.").header.title is None
