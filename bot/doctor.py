"""What `cancu doctor` looks at: one line a check, with the way to mend it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.bootstrap import Parts
from corpus.errors import CancuError


class Level(StrEnum):
    """How a finding is to be taken."""

    GOOD = "đạt"
    NOTE = "lưu ý"
    WRONG = "LỖI"


@dataclass(frozen=True, slots=True)
class Check:
    """One finding; `text` is for a person."""

    level: Level
    text: str


def checks(parts: Parts) -> Iterator[Check]:
    """Every check, each on its own: one that fails does not hide the next."""
    yield _corpus(parts)
    yield _indexes(parts)
    yield _embedder(parts)
    yield _vectors(parts)
    yield _telegram(parts)


def _corpus(parts: Parts) -> Check:
    try:
        documents, passages = parts.store.counts()
    except CancuError as error:
        return Check(Level.WRONG, str(error))
    except Exception as error:
        return Check(
            Level.WRONG,
            f"kho văn bản: không mở được ({type(error).__name__}); xem CANCU_DATABASE_URL",
        )
    if not documents:
        return Check(Level.NOTE, "kho văn bản: chưa có văn bản nào; chạy cancu index THƯ_MỤC")
    return Check(
        Level.GOOD,
        f"kho văn bản: {documents} văn bản, {passages} đoạn, tại {parts.settings.data_dir}",
    )


def _indexes(parts: Parts) -> Check:
    try:
        behind = parts.indexes.behind()
    except Exception as error:
        return Check(
            Level.WRONG, f"chỉ mục: không mở được ({type(error).__name__}); chạy lại cancu index"
        )
    if behind:
        return Check(
            Level.NOTE, "chỉ mục: chưa theo kịp kho; chạy lại cancu index với thư mục văn bản"
        )
    return Check(Level.GOOD, "chỉ mục: theo kịp kho văn bản")


def _embedder(parts: Parts) -> Check:
    model = parts.embedder.model
    try:
        parts.embedder.question("kiểm tra")
    except Exception as error:
        return Check(
            Level.WRONG,
            f"mô hình nhúng {model}: không nạp được ({error}); xem CANCU_EMBEDDING_MODEL",
        )
    return Check(Level.GOOD, f"mô hình nhúng: {model}")


def _vectors(parts: Parts) -> Check:
    """What made the stored vectors: runtimes of one model may be mixed, and differ a little."""
    try:
        made = parts.store.vector_runtimes(parts.embedder.model)
    except Exception as error:
        return Check(Level.WRONG, f"vectơ: không đọc được ({type(error).__name__})")
    if not made:
        return Check(Level.NOTE, "vectơ: chưa có vectơ nào của mô hình này; chạy cancu index")
    runtimes = ", ".join(f"{name or 'không rõ'} {_grouped(n)}" for name, n in made.items())
    return Check(Level.GOOD, f"vectơ: {_grouped(sum(made.values()))} ({runtimes})")


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _telegram(parts: Parts) -> Check:
    settings = parts.settings
    if not settings.telegram_bot_token.get_secret_value():
        return Check(
            Level.GOOD, "Telegram: chưa đặt TELEGRAM_BOT_TOKEN, dùng khung trò chuyện (cancu ask)"
        )
    if not settings.allowed_users | settings.admins:
        return Check(
            Level.WRONG,
            "Telegram: chưa ai được phép hỏi; đặt CANCU_ALLOWED_USERS hoặc CANCU_ADMINS",
        )
    from bot.telegram_ui.serve import reachable

    try:
        return Check(Level.GOOD, f"Telegram: kết nối được, bot @{reachable(settings)}")
    except CancuError as error:
        return Check(Level.WRONG, f"Telegram: {error}")
