"""Names of issuing bodies."""

import pytest
from hypothesis import given

from corpus.agency import issuer_from_body, issuer_from_header, shortened, truecase
from tests.strategies import words
from tests.unit.corpus.samples import LONG, quickly


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Ủy ban nhân dân tỉnh Vân Lĩnh", "UBND tỉnh Vân Lĩnh"),
        ("Uỷ ban Nhân dân  xã Khe Trầm,", "UBND xã Khe Trầm"),
        ("Hội đồng nhân dân tỉnh", "HĐND tỉnh"),
        ("Sở Y tế:", "Sở Y tế"),
    ],
)
def test_shortened(name: str, short: str) -> None:
    assert shortened(name) == short


@pytest.mark.parametrize(
    ("lines", "body", "issuer"),
    [
        (["ỦY BAN NHÂN DÂN", "TỈNH VÂN LĨNH"], "", "UBND tỉnh Vân Lĩnh"),
        (["ỦY BAN NHÂN DÂN TỈNH VÂN LĨNH"], "", "UBND tỉnh Vân Lĩnh"),
        (["UBND XÃ ĐỒNG MÂY"], "", "UBND xã Đồng Mây"),
        (["HỘI ĐỒNG NHÂN DÂN", "TỈNH VÂN LĨNH"], "", "HĐND tỉnh Vân Lĩnh"),
        (["ĐẢNG BỘ TỈNH VÂN LĨNH", "ĐẢNG ỦY XÃ KHE TRẦM"], "", "Đảng ủy xã Khe Trầm"),
        (["UBND TỈNH VÂN LĨNH", "VĂN PHÒNG"], "", "Văn phòng UBND tỉnh Vân Lĩnh"),
        (["UBND TỈNH VÂN LĨNH", "SỞ Y TẾ"], "", "Sở y tế tỉnh Vân Lĩnh"),
        (["UBND TỈNH VÂN LĨNH", "SỞ Y TẾ"], "giao Sở Y tế", "Sở Y tế tỉnh Vân Lĩnh"),
        (["TỈNH ỦY VÂN LĨNH", "BAN TỔ CHỨC"], "", "Ban tổ chức Tỉnh ủy Vân Lĩnh"),
        (["TỈNH ỦY VÂN LĨNH"], "", "Tỉnh ủy Vân Lĩnh"),
        ([], "UBND tỉnh", None),
    ],
)
def test_issuer_from_the_capitals_of_a_header(
    lines: list[str], body: str, issuer: str | None
) -> None:
    assert issuer_from_header(lines, body) == issuer


@pytest.mark.parametrize(
    ("body", "place", "issuer"),
    [
        ("UBND xã Đồng Mây ban hành Kế hoạch như sau:", None, "UBND xã Đồng Mây"),
        ("Ủy ban nhân dân tỉnh báo cáo như sau:", "Vân Lĩnh", "UBND tỉnh Vân Lĩnh"),
        (
            "UBND tỉnh yêu cầu các sở. Địa bàn tỉnh Bình Sa, tỉnh Bình Sa.",
            None,
            "UBND tỉnh Bình Sa",
        ),
        ("Đảng ủy xã Khe Trầm báo cáo kết quả:", None, "Đảng ủy xã Khe Trầm"),
        ("theo đề nghị của UBND xã An Lãng báo cáo", None, None),
        ("Trên đây là báo cáo của UBND xã Bản Lèn./.", None, "UBND xã Bản Lèn"),
        ("Không ai nói gì.", "Vân Lĩnh", None),
        ("", None, None),
    ],
)
def test_issuer_from_the_body(body: str, place: str | None, issuer: str | None) -> None:
    assert issuer_from_body(body, place) == issuer


@pytest.mark.parametrize(
    ("capitals", "body", "written"),
    [
        ("SỞ KHOA HỌC VÀ CÔNG NGHỆ", "giao Sở Khoa học và Công nghệ", "Sở Khoa học và Công nghệ"),
        ("ĐẢNG ỦY XÃ KHE TRẦM", "", "Đảng ủy xã Khe Trầm"),
        ("BỘ NỘI VỤ", "", "Bộ nội vụ"),
        ("Bộ Nội vụ", "", "Bộ Nội vụ"),
    ],
)
def test_truecase(capitals: str, body: str, written: str) -> None:
    assert truecase(capitals, body) == written


@given(words)
def test_truecase_changes_case_only(text: str) -> None:
    assert truecase(text.upper(), "").lower() == text
    assert truecase(text.upper(), f"giao {text.capitalize()} làm") == text.capitalize()


@pytest.mark.parametrize("part", ["Sở A", "UBND ", "của Sở A", "tỉnh Aa-", "Sở Aaaa ", " "])
def test_odd_long_bodies_are_read_at_once(part: str) -> None:
    with quickly():
        issuer_from_body(part * (LONG // len(part)), None)
