import pytest

from bot.answering.compose import ROOM, compose
from bot.answering.evidence import Unit
from bot.answering.outcomes import Sentence
from bot.answering.question import read_question
from bot.answering.verify import bears
from corpus.text import squeeze
from tests.unit.bot.documents import all_units, list_of, stored, unit

DOCUMENT = stored()


def composed(question: str, *chosen: Unit) -> list[Sentence]:
    return compose(read_question(question), chosen)


def test_a_sentence_is_verbatim_without_its_list_mark() -> None:
    (sentence,) = composed("Trồng bao nhiêu ha?", unit(DOCUMENT, "Trồng mới"))
    assert sentence.text == "Trồng mới 340 ha rừng phòng hộ tại lưu vực sông Lĩnh."
    assert not sentence.item
    (evidence,) = sentence.evidence
    assert evidence.document == DOCUMENT.id
    assert sentence.text in evidence.span.of(DOCUMENT.text)


def test_no_semicolon_stays_at_the_end() -> None:
    (sentence,) = composed("Chuẩn bị bao nhiêu cây giống?", unit(DOCUMENT, "Chuẩn bị"))
    assert sentence.text == "Chuẩn bị 680.000 cây giống trước ngày 30/4/2026"


def test_a_list_is_told_entry_by_entry() -> None:
    found = composed(
        "Sở Nông nghiệp và Môi trường được giao nhiệm vụ gì?", list_of(DOCUMENT, "Chuẩn bị")
    )
    assert [sentence.text.split()[0] for sentence in found] == ["Chuẩn", "Kiểm", "Nghiệm"]
    assert all(sentence.item for sentence in found)
    assert len({sentence.evidence for sentence in found}) == 3


def test_the_agency_that_it_stands_under_is_put_in_front() -> None:
    (sentence,) = composed("Cơ quan nào chuẩn bị cây giống?", unit(DOCUMENT, "Chuẩn bị"))
    assert sentence.text.startswith("Sở Nông nghiệp và Môi trường: Chuẩn bị 680.000 cây giống")
    assert [e.span.of(DOCUMENT.text) for e in sentence.evidence] == [
        "Sở Nông nghiệp và Môi trường",
        "a) Chuẩn bị 680.000 cây giống trước ngày 30/4/2026;",
    ]


def test_an_agency_is_put_in_front_only_where_it_is_asked_for() -> None:
    (sentence,) = composed("Chuẩn bị bao nhiêu cây giống?", unit(DOCUMENT, "Chuẩn bị"))
    assert len(sentence.evidence) == 1


def test_an_agency_that_the_words_name_already_is_not_said_twice() -> None:
    text = "II. NHIỆM VỤ\n1. Sở Nội vụ\na) Sở Nội vụ mở 12 lớp tập huấn;\nb) Tổng hợp kết quả."
    (sentence,) = composed("Cơ quan nào mở lớp tập huấn?", unit(stored(text), "mở 12 lớp"))
    assert sentence.text == "Sở Nội vụ mở 12 lớp tập huấn"


def test_the_agency_of_another_section_is_not_put_in_front() -> None:
    (sentence,) = composed("Sở nào bố trí kinh phí?", unit(DOCUMENT, "Sở Tài chính"))
    assert sentence.text == "Sở Tài chính bố trí kinh phí 9,6 tỷ đồng từ ngân sách tỉnh."


def test_the_document_is_named_where_it_is_asked_for() -> None:
    (sentence,) = composed("Văn bản nào quy định trồng 340 ha rừng?", unit(DOCUMENT, "Trồng mới"))
    assert "61/KH-UBND" in sentence.text
    assert "Trồng mới 340 ha" in sentence.text
    assert len(sentence.evidence) == 2


def test_a_document_without_a_number_is_named_by_its_title() -> None:
    text = (
        "KẾ HOẠCH\nTrồng rừng ven suối năm 2026\n\nI. MỤC TIÊU\n1. Trồng 5 ha rừng.\n2. Tỉa cành."
    )
    document = stored(text)
    assert document.header.number is None
    (sentence,) = composed("Văn bản nào quy định trồng 5 ha rừng?", unit(document, "Trồng 5 ha"))
    assert "Trồng rừng ven suối năm 2026" in sentence.text


LONG = "; ".join(
    f"xã số {i} của tỉnh Vân Lĩnh rà soát {i} công trình cấp nước, báo cáo kết quả bằng văn bản"
    for i in range(1, 21)
)


@pytest.mark.parametrize(
    "text",
    [
        f"1. UBND tỉnh yêu cầu {LONG}.",
        "\n".join(["II. NHIỆM VỤ", *(f"- Việc {i}: {LONG}." for i in range(1, 8))]),
        "\n".join(["II. NHIỆM VỤ", *(f"{i}. Việc {i} {'rất dài, ' * 30}." for i in range(1, 13))]),
    ],
)
def test_an_answer_fits_on_a_phone(text: str) -> None:
    for chosen in all_units(stored(text)):
        found = composed("Yêu cầu gì?", chosen)
        assert found
        assert sum(len(sentence.text) for sentence in found) <= ROOM * 1.6


def test_one_long_sentence_keeps_within_the_room() -> None:
    long = f"1. UBND tỉnh yêu cầu {LONG}."
    target = max(all_units(stored(long)), key=lambda u: len(u.text))
    assert len(target.text) > ROOM
    (sentence,) = composed("Yêu cầu gì?", target)
    assert ROOM / 3 <= len(sentence.text) <= ROOM


def test_several_units_share_the_room() -> None:
    long = stored(f"1. UBND tỉnh yêu cầu {LONG}.\n2. Sở Nội vụ yêu cầu {LONG}.")
    chosen = [
        max((u for u in all_units(long) if u.index == i), key=lambda u: len(u.text)) for i in (0, 1)
    ]
    found = composed("Yêu cầu gì?", *chosen)
    assert len(found) == 2
    assert sum(len(sentence.text) for sentence in found) <= ROOM


def test_a_shortened_sentence_ends_between_words() -> None:
    long = stored(f"1. UBND tỉnh yêu cầu {LONG}.")
    target = max(all_units(long), key=lambda u: len(u.text))
    (sentence,) = composed("Yêu cầu gì?", target)
    after = long.text[sentence.evidence[0].span.end]
    assert not after.isalnum()


QUESTIONS = [
    "Trồng bao nhiêu ha rừng?",
    "Cơ quan nào chủ trì?",
    "Văn bản nào quy định?",
    "Sở Nông nghiệp và Môi trường được giao nhiệm vụ gì?",
    "Những nhiệm vụ nào?",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_whatever_is_composed_is_borne_by_its_evidence(question: str) -> None:
    for chosen in all_units(DOCUMENT):
        for sentence in composed(question, chosen):
            assert bears(sentence, lambda e: e.span.of(DOCUMENT.text))
            source = squeeze("".join(e.span.of(DOCUMENT.text) for e in sentence.evidence))
            assert all(squeeze(part) in source for part in sentence.text.split(": "))


def test_a_quote_that_breaks_off_shows_that_the_source_goes_on() -> None:
    whole = "Rà soát việc chi trả, " + "kiểm tra từng thôn bản trong xã, " * 30 + "báo cáo kết quả."
    document = stored(f"II. NHIỆM VỤ\n{whole}\n")
    (sentence,) = composed("Rà soát việc gì?", unit(document, "Rà soát"))
    assert sentence.text.endswith("…")
    assert bears(sentence, lambda evidence: evidence.span.of(document.text))
    (short,) = composed("Trồng bao nhiêu ha?", unit(DOCUMENT, "Trồng mới"))
    assert not short.text.endswith("…")
