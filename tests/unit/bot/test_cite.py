from bot.answering.cite import cited, section_at
from bot.answering.outcomes import Answered, Evidence, Sentence
from corpus.model import Span
from corpus.stored import StoredDocument
from corpus.text import squeeze
from tests.unit.bot.documents import PLAN, stored

DOCUMENT = stored()
PRINTED = "\n\n".join(
    [
        *("BÁO CÁO", "Kết quả cấp nước sinh hoạt"),
        *(
            f"Đoạn {i} nói về việc cấp nước tại các xã vùng cao của tỉnh Vân Lĩnh."
            for i in range(12)
        ),
        "Sở Nông nghiệp và Môi trường rà soát, điều chỉnh danh sách các",
        "2",
        "thôn thiếu nước sinh hoạt trong tháng 6, báo cáo UBND tỉnh xem xét, quyết",
        "định theo thẩm quyền.",
    ]
)


def span(document: StoredDocument, words: str) -> Span:
    start = document.text.index(words)
    return Span(start, start + len(words))


def sentence(*quotes: tuple[StoredDocument, str]) -> Sentence:
    evidence = tuple(Evidence(document.id, span(document, words)) for document, words in quotes)
    return Sentence(" ".join(words for _, words in quotes), evidence)


def answer(sentences: list[Sentence], *documents: StoredDocument) -> Answered:
    by_id = {document.id: document for document in documents}
    outcome = cited(sentences, by_id.__getitem__)
    assert outcome is not None
    return outcome


def test_nothing_verified_nothing_answered() -> None:
    assert cited([], {1: DOCUMENT}.__getitem__) is None


def test_a_citation_says_where_its_quote_stands() -> None:
    outcome = answer([sentence((DOCUMENT, "Chuẩn bị 680.000 cây giống"))], DOCUMENT)
    (citation,) = outcome.citations
    assert citation.quote == "Chuẩn bị 680.000 cây giống"
    assert DOCUMENT.text[citation.start : citation.end] == citation.quote
    assert (citation.n, citation.document, citation.file) == (1, 1, "kh-61.txt")
    assert (citation.number, citation.date) == ("61/KH-UBND", "2026-02-03")
    assert citation.issuer == "UBND tỉnh Vân Lĩnh"
    assert citation.title == "Trồng rừng phòng hộ đầu nguồn năm 2026"
    assert citation.section == "II.1.a"


def test_sources_are_numbered_as_they_come() -> None:
    outcome = answer(
        [
            sentence((DOCUMENT, "Kiểm tra hiện trường hằng tháng")),
            sentence((DOCUMENT, "Sở Tài chính"), (DOCUMENT, "Trồng mới 340 ha")),
        ],
        DOCUMENT,
    )
    assert outcome.marks == ((1,), (2, 3))
    assert [citation.n for citation in outcome.citations] == [1, 2, 3]
    assert outcome.citations[2].quote == "Trồng mới 340 ha"


def test_the_same_place_keeps_its_number() -> None:
    both = sentence((DOCUMENT, "Sở Tài chính"), (DOCUMENT, "Trồng mới 340 ha"))
    outcome = answer([sentence((DOCUMENT, "Sở Tài chính")), both], DOCUMENT)
    assert outcome.marks == ((1,), (1, 2))
    assert len(outcome.citations) == 2


def test_the_same_words_of_two_documents_are_two_sources() -> None:
    copy = stored(PLAN, 2, "ban-sao.txt")
    outcome = answer(
        [sentence((DOCUMENT, "Trồng mới 340 ha")), sentence((copy, "Trồng mới 340 ha"))],
        *(DOCUMENT, copy),
    )
    assert [citation.file for citation in outcome.citations] == ["kh-61.txt", "ban-sao.txt"]


def test_a_quote_across_a_left_out_page_number_is_two_exact_quotes() -> None:
    document = stored(PRINTED)
    whole = "rà soát, điều chỉnh danh sách các thôn thiếu nước sinh hoạt trong tháng 6"
    assert squeeze(whole) not in squeeze(PRINTED)
    outcome = answer([sentence((document, whole))], document)
    assert outcome.marks == ((1, 2),)
    quotes = [citation.quote for citation in outcome.citations]
    assert quotes == [
        "rà soát, điều chỉnh danh sách các",
        "thôn thiếu nước sinh hoạt trong tháng 6",
    ]
    assert all(squeeze(quote) in squeeze(PRINTED) for quote in quotes)


def test_a_quote_beside_a_left_out_page_number_is_one() -> None:
    document = stored(PRINTED)
    for words in ("điều chỉnh danh sách các", "thôn thiếu nước sinh hoạt"):
        assert len(answer([sentence((document, words))], document).citations) == 1


def test_a_place_is_named_by_the_section_that_holds_it() -> None:
    assert section_at(DOCUMENT, DOCUMENT.text.index("Trồng mới")) == "I.1"
    assert section_at(DOCUMENT, DOCUMENT.text.index("Đinh Trọng Khải")) == ""
    assert section_at(DOCUMENT, len(DOCUMENT.text) + 5) == ""
