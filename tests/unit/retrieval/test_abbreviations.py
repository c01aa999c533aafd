import pytest
from hypothesis import given

from corpus.text import fold
from retrieval.abbreviations import EXPANSIONS, expand, long_forms, shorten
from tests import strategies


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("STC làm gì", "Sở Tài chính làm gì"),
        ("UBND xã", "Ủy ban nhân dân xã"),
        ("ubnd xã", "Ủy ban nhân dân xã"),
        ("kh 61", "kế hoạch 61"),
        ("stc, snv", "Sở Tài chính, Sở Nội vụ"),
        ("phát triển KT-XH", "phát triển kinh tế - xã hội"),
        ("CĐS của tỉnh", "chuyển đổi số của tỉnh"),
        ("cds của tỉnh", "chuyển đổi số của tỉnh"),
    ],
)
def test_an_abbreviation_is_written_out(written: str, meant: str) -> None:
    assert expand(written) == meant


@pytest.mark.parametrize("text", ["con cát", "cat cỏ", "ai ký", "tờ trình", "ct1", "không có gì"])
def test_what_can_be_a_syllable_stays(text: str) -> None:
    assert expand(text) == text


def test_capitals_tell_an_abbreviation_from_a_syllable() -> None:
    assert expand("CAT kiểm tra") == "Công an tỉnh kiểm tra"
    assert expand("cat kiểm tra") == "cat kiểm tra"


@given(strategies.document_numbers)
def test_a_document_number_stays(number: str) -> None:
    assert expand(f"theo số {number} của") == f"theo số {number} của"


@given(strategies.words)
def test_ordinary_words_stay(text: str) -> None:
    assert expand(text) == text


def test_long_forms_are_known_by_their_abbreviation() -> None:
    assert "STC" in shorten("Sở Tài chính làm gì")
    assert "STC" in shorten("so tai chinh lam gi")
    assert shorten("xã Khe Trầm") == []


def test_no_two_abbreviations_fold_alike() -> None:
    assert len({fold(short) for short in EXPANSIONS}) == len(EXPANSIONS)


def test_what_documents_define_is_written_out_too() -> None:
    defined = {"QLRCĐ": "quản lý rừng cộng đồng", "STC": "Sổ tay chung"}
    assert expand("Tổ QLRCĐ họp khi nào", defined) == "Tổ quản lý rừng cộng đồng họp khi nào"
    assert expand("to qlrcd hop", defined) == "to quản lý rừng cộng đồng hop"
    assert expand("STC làm gì", defined) == "Sở Tài chính làm gì"


def test_a_short_name_of_several_words_leads_to_its_document() -> None:
    defined = {"Quy chế 57": "Quyết định số 57-QĐ/TU"}
    assert long_forms("quy che 57 do ai ban hanh", defined) == ["Quyết định số 57-QĐ/TU"]
    assert long_forms("quy chế 571", defined) == []


def test_what_is_typed_on_phones_is_written_out_in_small_letters_only() -> None:
    assert expand("hộ nghèo dc hỗ trợ bn tiền") == "hộ nghèo được hỗ trợ bao nhiêu tiền"
    assert expand("Cụm BN và DC") == "Cụm BN và DC"
