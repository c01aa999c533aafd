import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering.conversation import made_whole
from corpus.text import fold
from tests import strategies

RATE = "Năm 2025 tỉnh Vân Lĩnh trồng bao nhiêu ha rừng phòng hộ?"
HOMES = "Có bao nhiêu hộ nghèo ở xã Khe Trầm?"
TASKS = "Sở Tài chính được giao nhiệm vụ gì trong Kế hoạch 61?"


def test_the_first_question_stands_as_it_is() -> None:
    assert made_whole("Còn năm 2026?", ()) == "Còn năm 2026?"


@pytest.mark.parametrize("question", ["Còn năm 2026?", "Còn năm 2026 thì sao?", "Thế còn năm 2026"])
def test_another_year(question: str) -> None:
    whole = made_whole(question, [RATE])
    assert "2026" in whole
    assert "2025" not in whole
    assert "tỉnh Vân Lĩnh trồng bao nhiêu ha rừng phòng hộ" in whole


@pytest.mark.parametrize(
    "question", ["Còn xã Bản Lèn?", "Thế xã Bản Lèn thì sao?", "vậy xã Bản Lèn?"]
)
def test_another_place(question: str) -> None:
    whole = made_whole(question, [HOMES])
    assert "xã Bản Lèn" in whole
    assert "Khe Trầm" not in whole
    assert "bao nhiêu hộ nghèo" in whole


@pytest.mark.parametrize(
    ("question", "agency"),
    [
        ("Còn Sở Nội vụ thì sao?", "Sở Nội vụ"),
        ("còn sở nội vụ thì sao", "sở nội vụ"),
        ("Còn Thanh tra tỉnh thì sao?", "Thanh tra tỉnh"),
    ],
)
def test_another_agency(question: str, agency: str) -> None:
    expected = f"{agency} được giao nhiệm vụ gì trong Kế hoạch 61?"
    assert made_whole(question, [TASKS]).lower() == expected.lower()


def test_another_topic_is_asked_beside_the_former_question() -> None:
    whole = made_whole("Còn hộ cận nghèo?", [HOMES])
    assert "hộ cận nghèo" in whole
    assert "xã Khe Trầm" in whole


@pytest.mark.parametrize(
    "question",
    ["Ai ký văn bản đó?", "ke hoach nay do ai ky", "Ai ký?", "Nó được ban hành khi nào?"],
)
def test_what_points_back_takes_the_former_question_along(question: str) -> None:
    whole = made_whole(question, [TASKS])
    assert whole.startswith(question)
    assert TASKS in whole


@pytest.mark.parametrize(
    "question",
    [
        "Mức hỗ trợ tối đa để hộ nghèo lắp đặt đường ống nước là bao nhiêu?",
        "Quyết định số 05/QĐ-UBND của tỉnh Vân Lĩnh do ai ký?",
    ],
)
def test_a_whole_question_stands_as_it_is(question: str) -> None:
    assert made_whole(question, [RATE, TASKS]) == question


@pytest.mark.parametrize(
    "question",
    [
        "Hộ nghèo được hỗ trợ tối đa bao nhiêu tiền lắp đặt đường ống nước?",
        "Quy chế do Sở Nội vụ trình có bao nhiêu chương, bao nhiêu điều?",
    ],
)
def test_words_that_only_fold_like_those_that_point_back(question: str) -> None:
    assert made_whole(question, [RATE, TASKS]) == question


def test_follow_ups_build_on_each_other() -> None:
    whole = made_whole("Còn năm 2024?", [RATE, "Còn tỉnh Bình Sa?"])
    assert "2024" in whole
    assert "tỉnh Bình Sa" in whole
    assert "Vân Lĩnh" not in whole
    assert "2025" not in whole


def test_a_whole_question_between_ends_the_old_topic() -> None:
    whole = made_whole("Còn xã Bản Lèn?", [RATE, HOMES])
    assert "hộ nghèo" in whole
    assert "rừng" not in whole


def test_hasty_typing_keeps_the_former_question() -> None:
    whole = fold(made_whole("con xa ban len thi sao", [HOMES]))
    assert "ban len" in whole
    assert "ho ngheo" in whole


@given(strategies.words)
def test_without_a_chat_before_it_any_question_stands_as_it_is(question: str) -> None:
    assert made_whole(question, []) == question


@settings(max_examples=50)
@given(strategies.vietnamese | strategies.anything, st.lists(strategies.anything, max_size=4))
def test_any_chat_gives_a_question(question: str, history: list[str]) -> None:
    assert isinstance(made_whole(question, history), str)
