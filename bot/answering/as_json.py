"""Answers in the form of the command line's JSON."""

from typing import Any

from bot.answering.outcomes import (
    Answered,
    Citation,
    Clarify,
    Failed,
    NearDocument,
    Outcome,
    Refused,
    Unanswerable,
)
from bot.answering.pipeline import Answer
from bot.answering.texts import plain_text


def answer_row(answer: Answer, row_id: object, *, debug: bool = False) -> dict[str, Any]:
    """One answer as the mapping that `cancu ask --json` prints."""
    outcome = answer.outcome
    citations = outcome.citations if isinstance(outcome, Answered) else ()
    nearest = outcome.nearest if isinstance(outcome, Unanswerable) else ()
    row = {
        "id": row_id,
        "question": answer.question,
        "outcome": name_of(outcome),
        "answer": plain_text(outcome),
        "citations": [citation_row(citation) for citation in citations],
        "nearest": [_near_row(document) for document in nearest],
        "composer": outcome.composer if isinstance(outcome, Answered) else "extractive",
        "elapsed_ms": answer.elapsed_ms,
    }
    return {**row, "timings": answer.timings} if debug else row


def name_of(outcome: Outcome) -> str:
    """The outcome's name in the JSON."""
    match outcome:
        case Answered():
            return "answered"
        case Unanswerable():
            return "unanswerable"
        case Clarify():
            return "clarify"
        case Refused():
            return "refused"
        case Failed():
            return "failed"


def citation_row(citation: Citation) -> dict[str, Any]:
    """A citation as a mapping."""
    names = ("n", "file", "number", "title", "issuer", "date", "section", "quote", "start", "end")
    return {name: getattr(citation, name) for name in names}


def _near_row(document: NearDocument) -> dict[str, Any]:
    return {"file": document.file, "number": document.number, "title": document.title}
