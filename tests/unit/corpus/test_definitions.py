import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.definitions import definitions


def found(text: str) -> dict[str, str]:
    return {d.short: d.long.of(text) for d in definitions(text)}


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        (
            "Thực hiện Quyết định số 57-QĐ/TU ngày 03/02/2026 của Ban Thường vụ Tỉnh ủy Vân Lĩnh "
            "(viết tắt là Quy chế 57), các xã báo cáo.",
            "Quy chế 57",
            "Quyết định số 57-QĐ/TU ngày 03/02/2026 của Ban Thường vụ Tỉnh ủy Vân Lĩnh",
        ),
        (
            "công tác phổ biến, giáo dục pháp luật (PBGDPL) năm 2026",
            "PBGDPL",
            "phổ biến, giáo dục pháp luật",
        ),
        (
            "Tổ quản lý rừng cộng đồng (sau đây gọi tắt là QLRCĐ) họp hằng tháng",
            "QLRCĐ",
            "quản lý rừng cộng đồng",
        ),
        (
            "lực lượng bảo vệ và phát triển rừng (BVPTR)",
            "BVPTR",
            "bảo vệ và phát triển rừng",
        ),
    ],
)  # fmt: skip
def test_a_short_name_stands_for_the_words_before_it(text: str, short: str, long: str) -> None:
    assert found(text) == {short: long}


@pytest.mark.parametrize(
    "text",
    [
        "Hạng mục nước sạch (UBND) chưa xong",
        "Ông Nguyễn Văn An (gọi là Ba)",
        "Các hộ kinh doanh (sau đây gọi là hộ)",
        "(HĐND)",
        "Trồng rừng. (TR)",
        "",
    ],
)
def test_a_bracket_that_names_nothing_is_left(text: str) -> None:
    assert found(text) == {}


@given(st.text(alphabet="abđ ABĐ().;,\n", max_size=80))
def test_what_it_stands_for_is_before_the_bracket(text: str) -> None:
    for definition in definitions(text):
        assert 0 <= definition.long.start < definition.long.end < len(text)
        assert "(" not in definition.long.of(text)
