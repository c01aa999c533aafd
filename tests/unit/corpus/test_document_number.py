"""Numbers of documents: find, tidy, compare."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document_number import TYPES, key, numbers_in, same, tidy, type_of
from tests.strategies import anything, document_numbers, party_numbers, state_numbers, words
from tests.unit.corpus.samples import LONG, quickly


def found(text: str) -> list[str]:
    return [span.of(text) for span in numbers_in(text)]


@given(document_numbers, words, words)
def test_a_number_in_a_sentence_is_found_whole(number: str, before: str, after: str) -> None:
    text = f"{before} số {number} ngày 21/3/2023 {after}, giai đoạn 2021-2026; {number}."
    assert found(text) == [number, number]


@given(
    document_numbers, st.sampled_from(("({})", "“{}”", "{},", "số:{}", "{};", "\n{}\n", "{}..."))
)
def test_punctuation_around_a_number_is_not_part_of_it(number: str, form: str) -> None:
    assert found(form.format(number)) == [number]


@pytest.mark.parametrize(
    "text",
    [
        "21/3/2023",
        "ngày 09/02/2017",
        "2021-2026",
        "2025 - 2030",
        "tháng 3/2026",
        "02/06 vấn đề",
        "24/7",
        "1.500.000 đồng/hộ",
        "17/17 thôn",
        "100%",
        "3.500 m3",
        "tờ trình số /TTr-SNNMT",
        "08-năm",
        "1234567/KH-UBND",
        "x45/KH-UBND",
        "",
    ],
)
def test_dates_ranges_shares_and_codes_are_no_numbers(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Số 101 -NQ/ĐU", "101 -NQ/ĐU"),
        ("Số 31 /KH-UBND", "31 /KH-UBND"),
        ("số 08-KH/BTGDVTU-ĐUUBNDT ngày", "08-KH/BTGDVTU-ĐUUBNDT"),
        ("số 757/BNV-CTTN&BĐG", "757/BNV-CTTN&BĐG"),
        ("Luật số 80/2015/QH13", "80/2015/QH13"),
        ("Nghị định số 09/2017/NĐ-CP ngày", "09/2017/NĐ-CP"),
        ("02-CTr/BTGDVTU-ĐUUBND", "02-CTr/BTGDVTU-ĐUUBND"),
        ("1124/SKHCN-CĐS", "1124/SKHCN-CĐS"),
        ("12a/QĐ-UBND", "12a/QĐ-UBND"),
    ],
)
def test_forms(text: str, number: str) -> None:
    assert found(text) == [number]


@given(anything)
def test_spans_lie_in_the_text_in_order(text: str) -> None:
    at = 0
    for span in numbers_in(text):
        assert at <= span.start < span.end <= len(text)
        at = span.end


@given(state_numbers, st.sampled_from(("", " ", "  ", "\n")), st.integers(0, 3))
def test_one_number_however_it_is_written(number: str, space: str, zeros: int) -> None:
    party = number.replace("-", "|").replace("/", "-").replace("|", "/")
    count, _, rest = number.partition("/")
    spellings = (party, f"{'0' * zeros}{number}", f"{count}{space}/{rest}", number.lower())
    assert {key(spelling) for spelling in spellings} == {key(number)}
    assert all(same(spelling, number) for spelling in spellings)


@given(state_numbers | party_numbers, state_numbers | party_numbers)
def test_two_numbers_are_the_same_both_ways_or_neither(one: str, other: str) -> None:
    assert same(one, other) == same(other, one)
    assert same(one, one)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("127/KL-TW", "127-KL/TW", True),
        ("05/KH-UBND", "5/KH-UBND", True),
        ("31 /KH-UBND", "31/KH-UBND", True),
        ("QĐ", "238-QĐ/TW", False),
        ("238-QĐ", "238-QĐ/TW", True),
        ("45/KH-UBND", "145/KH-UBND", False),
        ("45/KH-UBND", "45/QĐ-UBND", False),
        ("45/KH-UBND", "45/KH-HĐND", False),
        ("09/2017/NĐ-CP", "09/2018/NĐ-CP", False),
        ("", "45/KH-UBND", False),
        ("0/KH", "00/KH", True),
    ],
)
def test_same(one: str, other: str, expected: bool) -> None:
    assert same(one, other) is expected


@pytest.mark.parametrize("number", ["31 /KH-UBND", "31/ KH - UBND", "31/KH-\nUBND"])
def test_tidy(number: str) -> None:
    assert tidy(number) == "31/KH-UBND"


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("208/KH-UBND", "Kế hoạch"),
        ("238-QĐ/TW", "Quyết định"),
        ("02-CTr/TU", "Chương trình"),
        ("09/2017/NĐ-CP", "Nghị định"),
        ("80/2015/QH13", "Luật"),
        ("27/2025/NQ-HĐND", "Nghị quyết"),
        ("19/TTr-SKHCN", "Tờ trình"),
        ("1124/SKHCN-CĐS", None),
        ("2210/UBND-KGVX", None),
        ("", None),
    ],
)
def test_the_type_that_a_number_tells(number: str, kind: str | None) -> None:
    assert type_of(number) == kind


def test_types_are_named_once() -> None:
    assert len(TYPES) == len(set(TYPES))


@pytest.mark.parametrize(
    "text",
    [
        "5" * LONG,
        "5/A-" * (LONG // 4),
        "5/" + "A" * LONG + "é",
        "5/" + "A-" * (LONG // 2) + "é",
        "5/ " * (LONG // 3),
        "-" * LONG,
        "(" * LONG,
        " " * LONG,
    ],
)
def test_odd_long_texts_are_searched_at_once(text: str) -> None:
    with quickly():
        found(text)
