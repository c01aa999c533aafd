import pytest
from hypothesis import given

from bot.answering.question import Asks, dates_in, read_question, years_in
from corpus.document_number import same
from corpus.text import fold
from tests import strategies

CUES = [
    ("Tỉnh Vân Lĩnh trồng bao nhiêu ha rừng?", Asks.QUANTITY),
    ("Đã mở mấy lớp tập huấn?", Asks.QUANTITY),
    ("Ai ký kế hoạch trồng rừng?", Asks.SIGNER),
    ("Kế hoạch trồng rừng do đồng chí nào ký?", Asks.SIGNER),
    ("Kế hoạch trồng rừng có số bao nhiêu?", Asks.NUMBER),
    ("Chủ tịch UBND tỉnh là ai?", Asks.PERSON),
    ("Ai là Giám đốc Sở Nội vụ?", Asks.PERSON),
    ("Việc nghiệm thu phải xong khi nào?", Asks.DATE),
    ("Cây giống phải có trước ngày nào?", Asks.DATE),
    ("Hạn chót nộp báo cáo?", Asks.DATE),
    ("Văn bản nào quy định mức hỗ trợ?", Asks.DOCUMENT),
    ("Nghị quyết 27 về nội dung gì?", Asks.SUBJECT),
    ("Cơ quan nào chủ trì việc trồng rừng?", Asks.AGENCY),
    ("Xã nào chưa hoàn thành?", Asks.AGENCY),
    ("Sở Tài chính được giao nhiệm vụ gì?", Asks.TASKS),
    ("Sở Tài chính phải làm gì?", Asks.TASKS),
    ("Liệt kê nhiệm vụ của các sở", Asks.LIST),
    ("Những xã nào trồng rừng?", Asks.LIST),
]


@pytest.mark.parametrize(("question", "asks"), CUES)
def test_what_is_asked_for_is_seen(question: str, asks: Asks) -> None:
    assert asks in read_question(question).asks


@pytest.mark.parametrize(("question", "asks"), CUES)
def test_it_is_seen_without_diacritics_too(question: str, asks: Asks) -> None:
    hasty = fold(question).rstrip("?")
    assert asks in read_question(hasty).asks
    assert read_question(hasty).wants(asks)


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Cơ quan nào chủ trì việc trồng rừng?", Asks.QUANTITY),
        ("Trồng bao nhiêu ha rừng?", Asks.DATE),
        ("Sở Tài chính được giao nhiệm vụ gì?", Asks.PERSON),
        ("Trồng rừng phòng hộ", Asks.LIST),
    ],
)
def test_what_is_not_asked_for_is_not_seen(question: str, asks: Asks) -> None:
    assert not read_question(question).wants(asks)


def test_a_question_without_a_cue_is_open() -> None:
    assert read_question("Trồng rừng phòng hộ đầu nguồn").asks == {Asks.OPEN}


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("Năm 2025 trồng bao nhiêu?", {"2025"}),
        ("nam 2025 va nam 2026", {"2025", "2026"}),
        ("giai đoạn 2026 - 2030", {"2026", "2030"}),
        ("giai đoạn 2026–2030", {"2026", "2030"}),
        ("Nghị quyết số 27/2025/NQ-HĐND nói gì", set()),
        ("văn bản ngày 03/02/2026", set()),
        ("văn bản ngày 3 tháng 2 năm 2026", set()),
        ("680.000 cây, 1990 hộ và 12026 người", {"1990"}),
    ],
)
def test_years_but_not_those_of_numbers_and_dates(question: str, years: set[str]) -> None:
    assert read_question(question).years == years


@pytest.mark.parametrize(
    "written",
    [
        "ngày 03/02/2026",
        "ngày 3-2-2026",
        "3.2.2026",
        "ngày 03 tháng 02 năm 2026",
        "ngay 3 thang 2 nam 2026",
    ],
)
def test_a_date_is_one_however_it_is_written(written: str) -> None:
    assert dates_in(f"Văn bản {written} nói gì?") == {"3/2/2026"}


@pytest.mark.parametrize("text", ["ngày 3 tháng 2", "tháng 2/2026", "số 3/2 năm 2026"])
def test_part_of_a_date_is_no_date(text: str) -> None:
    assert dates_in(text) == frozenset()


def test_document_numbers_are_tidied() -> None:
    question = read_question("Nghị quyết 101 -NQ/ĐU và Kế hoạch số 61/KH-UBND nói gì?")
    assert question.numbers == ("101-NQ/ĐU", "61/KH-UBND")
    assert question.short_numbers == ()


@given(strategies.document_numbers)
def test_any_document_number_is_read(number: str) -> None:
    found = read_question(f"Văn bản số {number} do ai ký?").numbers
    assert len(found) == 1
    assert same(found[0], number)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Kế hoạch 61 giao việc gì?", ("ke hoach", "61")),
        ("quyet dinh so 0512 sua gi", ("quyet dinh", "512")),
        ("Chương trình phối hợp 02 có mấy bên?", ("chuong trinh phoi hop", "2")),
        ("KH 61 giao việc gì?", ("ke hoach", "61")),
    ],
)
def test_a_number_said_in_short(question: str, short: tuple[str, str]) -> None:
    assert read_question(question).short_numbers == (short,)


@pytest.mark.parametrize("question", ["báo cáo 6 tháng đầu năm", "kế hoạch 5/2026", "340 ha rừng"])
def test_what_only_looks_like_a_short_number(question: str) -> None:
    assert read_question(question).short_numbers == ()


def test_places_are_names_with_and_without_diacritics() -> None:
    careful = read_question("Ở xã Khe Trầm có bao nhiêu hộ nghèo?")
    hasty = read_question("o xa khe tram co bao nhieu ho ngheo")
    assert careful.names == hasty.names == {"khe tram"}


def test_an_agency_is_no_name_where_a_document_number_tells_it() -> None:
    assert read_question("văn bản số 61/KH-UBND có gì?").names == frozenset()


def test_words_after_a_level_are_not_always_a_name() -> None:
    assert read_question("xa nao co nhieu ho ngheo nhat").names == frozenset()
    assert read_question("ubnd tinh ban hanh van ban gi").names == frozenset()


def test_an_ordinary_word_after_a_level_is_no_name() -> None:
    assert read_question("Có mấy xã chưa làm xong?").names == frozenset()


@pytest.mark.parametrize(
    ("question", "focus"),
    [
        ("Trồng bao nhiêu ha rừng?", ("ha", "rung")),
        ("Có mấy lớp được mở?", ("lop",)),
        ("Kinh phí là bao nhiêu?", ()),
        ("Ai ký?", ()),
    ],
)
def test_what_is_counted(question: str, focus: tuple[str, ...]) -> None:
    assert read_question(question).focus == focus


def test_several_are_asked_for() -> None:
    assert read_question("Những xã nào trồng rừng?").several
    assert read_question("Các sở làm gì?").several
    assert not read_question("Xã nào trồng rừng?").several


def test_abbreviations_are_read_written_out() -> None:
    question = read_question("STC bố trí bao nhiêu kinh phí?")
    assert "chinh" in question.content
    assert question.text == "STC bố trí bao nhiêu kinh phí?"


def test_asking_words_are_no_content() -> None:
    assert read_question("Ai? Bao nhiêu? Thế nào?").content == ()


@given(strategies.anything)
def test_any_text_is_read(text: str) -> None:
    question = read_question(text)
    assert question.asks
    assert all(year.isdigit() and len(year) == 4 for year in question.years | years_in(text))
