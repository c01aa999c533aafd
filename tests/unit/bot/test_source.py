import pytest

from bot.answering.source import document_line, spoken_date, spoken_section, view_source
from bot.bootstrap import Parts
from corpus.model import Header, Span


def span_in(parts: Parts, words: str) -> tuple[int, Span]:
    document = next(d for d in parts.store.documents() if words in d.text)
    start = document.text.index(words)
    return document.id, Span(start, start + len(words))


QUOTE = "Công khai bảng xếp hạng xử lý phản ánh"


def test_a_quote_is_shown_in_its_surroundings(samples: Parts) -> None:
    document_id, span = span_in(samples, QUOTE)
    view = view_source(samples.store, document_id, span)
    document = samples.store.document(document_id)
    assert view is not None
    assert document is not None
    assert view.quote == QUOTE
    assert f"{view.before}{view.quote}{view.after}" in document.text
    assert "Văn phòng UBND tỉnh" in view.before
    assert "của các cơ quan, địa phương" in view.after
    assert view.file == "cv-2210-xu-ly-phan-anh.txt"
    assert view.header.number == "2210/UBND-KGVX"


def test_surroundings_are_short_and_begin_with_a_paragraph(samples: Parts) -> None:
    document_id, span = span_in(samples, QUOTE)
    view = view_source(samples.store, document_id, span)
    document = samples.store.document(document_id)
    assert view is not None
    assert document is not None
    assert 0 < len(view.before) <= 1200
    assert 0 < len(view.after) <= 1200
    start = span.start - len(view.before)
    assert start == 0 or document.text[start - 1] == "\n"


def test_a_quote_at_either_end_is_shown(samples: Parts) -> None:
    document = next(samples.store.documents())
    end = len(document.text)
    first = view_source(samples.store, document.id, Span(0, 5))
    last = view_source(samples.store, document.id, Span(end - 5, end))
    assert first is not None
    assert last is not None
    assert (first.before, last.after) == ("", "")


@pytest.mark.parametrize(
    "span", [Span(0, 10**9), Span(5, 5), Span(9, 3), Span(-3, 4), Span(10**9, 10**9 + 4)]
)
def test_a_span_that_was_never_there_opens_nothing(samples: Parts, span: Span) -> None:
    document = next(samples.store.documents())
    assert view_source(samples.store, document.id, span) is None


def test_a_document_that_is_gone_opens_nothing(samples: Parts) -> None:
    assert view_source(samples.store, 10**6, Span(0, 5)) is None


@pytest.mark.parametrize(
    ("section", "spoken"),
    [
        ("Điều 4.2.a", "điểm a khoản 2 Điều 4"),
        ("Điều 4.2", "khoản 2 Điều 4"),
        ("Điều 4", "Điều 4"),
        ("II.3.a", "mục II.3.a"),
        ("Phụ lục I.2", "Phụ lục I.2"),
        ("Chương II", "Chương II"),
        ("", ""),
    ],
)
def test_a_section_is_said_as_officials_say_it(section: str, spoken: str) -> None:
    assert spoken_section(section) == spoken


@pytest.mark.parametrize(
    ("date", "spoken"),
    [
        ("2023-10-05", "05/10/2023"),
        ("2025-12", "12/2025"),
        ("2025", "2025"),
        ("khoảng 2025", "khoảng 2025"),
    ],
)
def test_a_date_is_said_as_far_as_it_is_known(date: str, spoken: str) -> None:
    assert spoken_date(date) == spoken


def test_a_document_in_one_line() -> None:
    header = Header(
        type="Kế hoạch",
        number="61/KH-UBND",
        date="2026-02-03",
        issuer="UBND tỉnh Vân Lĩnh",
        title="Trồng rừng",
    )
    line = "Kế hoạch số 61/KH-UBND ngày 03/02/2026 của UBND tỉnh Vân Lĩnh: Trồng rừng"
    assert document_line(header, "a.txt") == line


@pytest.mark.parametrize(
    ("header", "line"),
    [
        (Header(), "a.txt"),
        (Header(title="Trồng rừng"), "Trồng rừng"),
        (Header(issuer="UBND xã Khe Trầm", title="Trồng rừng"), "của UBND xã Khe Trầm: Trồng rừng"),
        (Header(type="Công văn", title="Họp"), "Công văn: Họp"),
    ],
)
def test_what_a_document_does_not_say_is_left_out(header: Header, line: str) -> None:
    assert document_line(header, "a.txt") == line
