import re
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram_ui.split import LIMIT, pieces, units
from tests import strategies

FLAG = "\U0001f33e"
lines = st.lists(strategies.vietnamese | st.text("ab \t", max_size=60), max_size=8)
limits = st.integers(8, 60)


def split(texts: list[str], limit: int) -> list[str]:
    """The pieces, and not for ever."""
    found = list(islice(pieces(texts, limit), 2000))
    assert len(found) < 2000
    return found


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_length_is_counted_as_telegram_counts() -> None:
    assert units("rừng") == 4
    assert units(FLAG) == 2
    assert units(f"rừng {FLAG}") == len(f"rừng {FLAG}".encode("utf-16-le")) // 2


def test_what_fits_is_one_piece() -> None:
    assert split(["một", "hai", "ba"], 11) == ["một\nhai\nba"]


def test_a_break_comes_between_lines_where_one_can() -> None:
    assert split(["một", "hai", "ba"], 9) == ["một\nhai", "ba"]


def test_a_long_line_breaks_between_words() -> None:
    assert split(["trồng rừng phòng hộ"], 11) == ["trồng rừng", "phòng hộ"]


def test_a_word_longer_than_a_piece_is_broken() -> None:
    assert split(["a" * 25], 10) == ["a" * 10, "a" * 10, "a" * 5]


def test_empty_lines_between_paragraphs_stay() -> None:
    assert split(["một", "", "hai"], 20) == ["một\n\nhai"]


def test_nothing_to_say_is_no_piece() -> None:
    assert split([], 10) == []
    assert split(["", "  ", ""], 10) == []


def test_the_limit_is_telegram_s() -> None:
    assert LIMIT == 4096
    assert [len(piece) for piece in pieces(["a" * 5000])] == [4096, 904]


@settings(max_examples=50)
@given(lines, limits)
def test_no_piece_is_over_the_limit(texts: list[str], limit: int) -> None:
    assert all(units(piece) <= limit for piece in split(texts, limit))


@settings(max_examples=50)
@given(lines, limits)
def test_nothing_is_lost_but_white_space_and_the_order_stays(texts: list[str], limit: int) -> None:
    assert bare("".join(split(texts, limit))) == bare("".join(texts))


@settings(max_examples=50)
@given(lines)
def test_what_fits_is_not_split(texts: list[str]) -> None:
    assert len(split(texts, units("\n".join(texts)) + 1)) <= 1


@given(st.lists(strategies.words, min_size=1, max_size=6), st.integers(30, 90))
def test_words_stay_whole(texts: list[str], limit: int) -> None:
    words = {word for text in texts for word in text.split()}
    assert {word for piece in split(texts, limit) for word in piece.split()} == words


@given(st.lists(st.text(f"ab{FLAG} ", max_size=40), max_size=5), limits)
def test_characters_that_count_twice_keep_to_the_limit(texts: list[str], limit: int) -> None:
    found = split(texts, limit)
    assert all(units(piece) <= limit for piece in found)
    assert bare("".join(found)) == bare("".join(texts))


def test_a_line_of_nothing_but_such_characters_is_split() -> None:
    assert split([FLAG * 10], 8) == [FLAG * 4, FLAG * 4, FLAG * 2]


@pytest.mark.parametrize("limit", [8, 9, 15])
def test_a_blank_line_before_a_long_one_is_no_piece(limit: int) -> None:
    assert all(piece.strip() for piece in split([" " * 7, "a" * 14], limit))
