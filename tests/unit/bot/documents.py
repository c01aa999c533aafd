"""Documents of the made-up province, read as the corpus reads them, and the units in them."""

from bot.answering.evidence import Unit, units
from bot.answering.question import read_question
from bot.answering.scoring import Judged, judge, terms_of
from corpus.canonical import SourceText
from corpus.document import read_document
from corpus.model import PassageKey
from corpus.stored import StoredDocument, StoredPassage
from retrieval.search import Hit

PLAN = """ỦY BAN NHÂN DÂN
TỈNH VÂN LĨNH

Số: 61/KH-UBND

Vân Lĩnh, ngày 03 tháng 02 năm 2026

KẾ HOẠCH
Trồng rừng phòng hộ đầu nguồn năm 2026

Thực hiện Nghị quyết số 18/NQ-HĐND ngày 10/12/2025 của Hội đồng nhân dân tỉnh, UBND tỉnh ban hành \
kế hoạch trồng rừng như sau:

I. MỤC TIÊU
1. Trồng mới 340 ha rừng phòng hộ tại lưu vực sông Lĩnh.
2. Chăm sóc 1.120 ha rừng trồng từ các năm trước.
3. Mở 12 lớp tập huấn cho 480 người dân tại xã Khe Trầm.

II. NHIỆM VỤ
1. Sở Nông nghiệp và Môi trường
a) Chuẩn bị 680.000 cây giống trước ngày 30/4/2026;
b) Kiểm tra hiện trường hằng tháng;
c) Nghiệm thu rừng trồng trước ngày 15/11/2026.
2. Sở Tài chính bố trí kinh phí 9,6 tỷ đồng từ ngân sách tỉnh.
3. Đồng chí Lò Thị Mẩy, Phó Chủ tịch UBND tỉnh, chỉ đạo việc thực hiện.

Nơi nhận:
- Các sở, ban, ngành;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Đinh Trọng Khải
"""


def stored(text: str = PLAN, document_id: int = 1, file: str = "kh-61.txt") -> StoredDocument:
    """A document as the database would give it."""
    return StoredDocument(document_id, file, read_document(SourceText(text)))


def hits(document: StoredDocument, score: float = 0.5) -> list[Hit]:
    """All passages of a document, as if a search had found them."""
    return [
        Hit(
            StoredPassage(
                PassageKey(document.id, i),
                passage.span,
                passage.span.of(document.text),
                passage.section,
                passage.headings,
                document.header,
            ),
            *(score, score, score),
        )
        for i, passage in enumerate(document.document.passages)
    ]


def all_units(document: StoredDocument) -> list[Unit]:
    """Every place of a document that may bear an answer."""
    return list(units(document, hits(document)))


def unit(document: StoredDocument, words: str) -> Unit:
    """The smallest unit that says `words`."""
    found = [unit for unit in all_units(document) if words in unit.text]
    return min(found, key=lambda unit: len(unit.text))


def list_of(document: StoredDocument, words: str) -> Unit:
    """The smallest list that says `words`."""
    found = [unit for unit in all_units(document) if words in unit.text and unit.items]
    return min(found, key=lambda unit: len(unit.text))


def lacking(question: str, unit: Unit) -> tuple[str, ...]:
    """What a unit lacks to answer a question, all words being equally rare."""
    return judged(question, unit).missing


def judged(question: str, unit: Unit) -> Judged:
    """A unit judged for a question, all words being equally rare."""
    read = read_question(question)
    return judge(read, unit, dict.fromkeys(terms_of(read), 1.0))
