"""Small corpora in a database, for the tests of what is made from them."""

from hashlib import sha256

from corpus.canonical import SourceText
from corpus.document import read_document
from corpus.model import Header, PassageKey, Span
from corpus.store import Store
from corpus.stored import FileRecord, StoredPassage

PLAN = """ỦY BAN NHÂN DÂN
TỈNH VÂN LĨNH

Số: 61/KH-UBND

Vân Lĩnh, ngày 03 tháng 02 năm 2026

KẾ HOẠCH
Trồng rừng phòng hộ đầu nguồn năm 2026

Thực hiện Nghị quyết của Hội đồng nhân dân tỉnh, UBND tỉnh ban hành kế hoạch như sau:

I. MỤC TIÊU
1. Trồng mới 340 ha rừng phòng hộ tại lưu vực sông Lĩnh.
2. Chăm sóc 1.120 ha rừng trồng từ các năm trước.

II. TỔ CHỨC THỰC HIỆN
1. Sở Nông nghiệp và Môi trường chuẩn bị 680.000 cây giống trước ngày 30/4/2026.
2. Sở Tài chính bố trí kinh phí từ ngân sách tỉnh.
"""
NOTICE = """ĐẢNG ỦY XÃ KHE TRẦM

Số: 12-TB/ĐU

THÔNG BÁO
Lịch tiếp công dân của Bí thư Đảng ủy quý II năm 2026

Bí thư Đảng ủy xã tiếp công dân vào ngày 15 hằng tháng tại trụ sở Đảng ủy.
Người dân đăng ký trước với Văn phòng Đảng ủy.
"""


def put(store: Store, name: str, text: str) -> int:
    """Keep `text` as the file `name`; the id of its document."""
    document = read_document(SourceText(text))
    sha = sha256(document.text.encode()).hexdigest()
    store.put(FileRecord(f"/kho/{name}", "/kho", name, sha[:20], sha), document, sha)
    return next(i for i, (file, _) in store.headers().items() if file == name)


def remove(store: Store, name: str) -> None:
    """Forget the file `name`."""
    store.remove([f"/kho/{name}"])


def article(topic: str, count: int = 1) -> str:
    """A text that makes `count` passages of different words."""
    filler = " ".join(f"{topic}{i}" for i in range(90))
    return "\n".join(
        f"Điều {n}. Phần {topic} {n}\nViệc {n}: {filler}." for n in range(1, count + 1)
    )


def passage(
    text: str, *, headings: tuple[str, ...] = (), header: Header | None = None
) -> StoredPassage:
    """A passage that stands in no database."""
    return StoredPassage(
        PassageKey(1, 0), Span(0, len(text)), text, "", headings, header or Header()
    )
