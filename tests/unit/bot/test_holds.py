import pytest

from bot.answering.holds import (
    counts,
    is_own_number,
    names_other_document,
    names_person,
    tells_time,
    without_numbers,
)
from bot.answering.question import read_question
from tests.unit.bot.documents import stored, unit


@pytest.mark.parametrize(
    "text",
    [
        "do ông Vi Văn Tấu làm tổ trưởng",
        "Bà Sùng Mỷ phụ trách",
        "giao đồng chí Đinh Trọng Khải",
        "Nguyễn Thị Lượt ký",
        "đ/c Hà Tuyến chủ trì",
    ],
)
def test_a_person_is_named(text: str) -> None:
    assert names_person(text)


@pytest.mark.parametrize(
    "text", ["UBND tỉnh Vân Lĩnh", "Chủ tịch UBND tỉnh", "xã Khe Trầm", "ông chủ hộ", "Sở Nội vụ"]
)
def test_an_office_or_a_place_is_no_person(text: str) -> None:
    assert not names_person(text)


@pytest.mark.parametrize(
    "text",
    [
        "trước ngày 30/4/2026",
        "trong tháng 6",
        "quý III năm nay",
        "hằng tháng",
        "trong 03 ngày làm việc",
        "năm 2026",
    ],
)
def test_a_time_is_told(text: str) -> None:
    assert tells_time(text)


@pytest.mark.parametrize(
    "text",
    [
        "bố trí kinh phí 9,6 tỷ đồng",
        "theo Nghị quyết số 18/NQ-HĐND ngày 10/12/2025",
        "theo Nghị quyết số 27/2025/NQ-HĐND ngày 11 tháng 12 năm 2025",
    ],
)
def test_the_date_of_a_cited_document_is_no_time(text: str) -> None:
    assert not tells_time(text)


def test_a_time_beside_a_cited_document_is_told() -> None:
    assert tells_time("Thực hiện Kế hoạch số 61/KH-UBND ngày 03/02/2026 trước ngày 30/4/2026")


def test_numbers_and_their_dates_are_taken_out() -> None:
    text = "Theo Nghị quyết số 18/NQ-HĐND ngày 10/12/2025, trồng 340 ha"
    assert without_numbers(text).split() == [
        "Theo",
        "Nghị",
        "quyết",
        "số",
        ",",
        "trồng",
        "340",
        "ha",
    ]


def test_another_document_is_named() -> None:
    question = read_question("Kế hoạch 61/KH-UBND thực hiện nghị quyết nào?")
    assert names_other_document(question, "thực hiện Nghị quyết số 18/NQ-HĐND")
    assert not names_other_document(question, "Kế hoạch số 61/KH-UBND")
    assert not names_other_document(question, "thực hiện Nghị quyết của tỉnh")


def test_a_document_bears_its_own_number() -> None:
    target = unit(stored(), "Trồng mới")
    assert is_own_number("61/KH-UBND", target)
    assert is_own_number("061 /KH-UBND", target)
    assert not is_own_number("62/KH-UBND", target)
    assert not is_own_number("61/KH-UBND", unit(stored("1. Trồng mới 5 ha rừng."), "Trồng mới"))


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Trồng bao nhiêu ha rừng?", "Trồng mới"),
        ("Mở bao nhiêu lớp?", "tập huấn"),
        ("Tập huấn cho bao nhiêu người dân?", "tập huấn"),
        ("Cần bao nhiêu cây giống?", "cây giống"),
        ("Bố trí bao nhiêu tiền?", "Sở Tài chính"),
        ("Kinh phí là bao nhiêu?", "Sở Tài chính"),
    ],
)
def test_a_figure_stands_by_what_is_counted(question: str, words: str) -> None:
    assert counts(read_question(question), unit(stored(), words))


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Có bao nhiêu xã trồng rừng?", "Trồng mới"),
        ("Mở bao nhiêu đợt?", "tập huấn"),
        ("Bao nhiêu cán bộ kiểm tra?", "Kiểm tra hiện trường"),
    ],
)
def test_another_figure_is_not_what_is_counted(question: str, words: str) -> None:
    assert not counts(read_question(question), unit(stored(), words))


def test_figures_of_dates_and_document_numbers_count_nothing() -> None:
    document = stored("Thực hiện Nghị quyết số 18/NQ-HĐND ngày 10/12/2025 trong năm 2026.")
    assert not counts(read_question("Số tiền là bao nhiêu?"), unit(document, "Thực hiện"))


def test_a_share_is_counted_in_percent() -> None:
    document = stored("Tỷ lệ che phủ rừng đạt 62,5% vào cuối năm.")
    assert counts(read_question("Che phủ đạt bao nhiêu phần trăm?"), unit(document, "Tỷ lệ"))
