"""What an outcome says, in plain Vietnamese; the channels dress it."""

from bot.answering.outcomes import (
    Answered,
    Clarify,
    Failed,
    NearDocument,
    Outcome,
    Refused,
    Sentence,
    Unanswerable,
)

NOT_SAID = "Kho văn bản không nêu nội dung này."
NEAREST = "Văn bản gần nhất:"
REFUSED = (
    "Tôi chỉ trả lời nội dung có trong kho văn bản của cơ quan; việc này ngoài phạm vi của tôi."
)


def plain_text(outcome: Outcome) -> str:
    """The whole reply as plain text, with marks `[n]` behind each sentence of an answer."""
    match outcome:
        case Answered(sentences=sentences, marks=marks):
            return "\n".join(map(_line, sentences, marks))
        case Unanswerable(nearest=nearest):
            listed = "".join(f"\n- {document_name(near)}" for near in nearest)
            return f"{NOT_SAID} {NEAREST}{listed}" if nearest else NOT_SAID
        case Clarify(ask=ask):
            return ask
        case Refused():
            return REFUSED
        case Failed(reason=reason):
            return reason


def document_name(document: NearDocument) -> str:
    """A document as people call it: number and title, else its file."""
    parts = [part for part in (document.number, document.title) if part]
    return " – ".join(parts) if parts else document.file


def _line(sentence: Sentence, marks: tuple[int, ...]) -> str:
    numbers = "".join(f"[{n}]" for n in marks)
    stop = "" if sentence.text.endswith((".", "!", "?", "…", ".”", "...")) else "."
    return f"{'- ' if sentence.item else ''}{sentence.text}{stop} {numbers}"
