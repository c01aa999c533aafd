from corpus.model import Header
from retrieval.context import dense_text, lexical_context, text_sha
from tests.unit.retrieval.corpora import passage

HEADER = Header(
    type="Kế hoạch",
    number="61/KH-UBND",
    date="2026-02-03",
    issuer="UBND tỉnh Vân Lĩnh",
    title="Trồng rừng phòng hộ đầu nguồn năm 2026",
)


def test_a_passage_is_found_by_what_its_document_is() -> None:
    context = lexical_context(passage("Nội dung.", headings=("I. MỤC TIÊU",), header=HEADER))
    for part in ("Kế hoạch", "61/KH-UBND", "2026-02-03", "UBND tỉnh Vân Lĩnh", "I. MỤC TIÊU"):
        assert part in context


def test_the_context_does_not_hold_the_words_themselves() -> None:
    assert "Nội dung" not in lexical_context(passage("Nội dung.", header=HEADER))


def test_a_document_that_says_nothing_of_itself_has_no_context() -> None:
    assert lexical_context(passage("Nội dung.")) == ""
    assert dense_text(passage("Nội dung.")) == "Nội dung."


def test_the_embedded_text_ends_in_the_passage_and_begins_with_its_document() -> None:
    text = dense_text(passage("Nội dung.", headings=("I. CHUNG", "1. Riêng"), header=HEADER))
    assert text.endswith("\nNội dung.")
    document = text.partition("\n")[0]
    for part in ("Kế hoạch", "61/KH-UBND", "2026-02-03", "Vân Lĩnh", "Trồng rừng phòng hộ"):
        assert part in document


def test_only_the_nearest_headings_are_embedded() -> None:
    text = dense_text(passage("Nội dung.", headings=("PHẦN XA", "I. GẦN", "1. Gần nhất")))
    assert "PHẦN XA" not in text
    assert "1. Gần nhất" in text


def test_a_long_title_does_not_crowd_out_the_passage() -> None:
    header = Header(type="Kế hoạch", title="rất dài " * 100)
    assert len(dense_text(passage("Nội dung.", header=header))) < 250


def test_texts_are_named_by_what_they_say() -> None:
    assert len(text_sha("một")) == 20
    assert text_sha("một") == text_sha("một")
    assert text_sha("một") != text_sha("hai")
