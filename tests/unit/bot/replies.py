"""One outcome of each kind, for the tests of what is said of them."""

from typing import get_args

from bot.answering.outcomes import (
    Answered,
    Citation,
    Clarify,
    Evidence,
    Failed,
    NearDocument,
    Outcome,
    Refused,
    Sentence,
    Unanswerable,
)
from corpus.model import Span


def citation(n: int = 1, **other: object) -> Citation:
    """A citation of a made-up plan."""
    fields: dict[str, object] = {
        **{"n": n, "document": 7, "file": "kh-61.txt", "number": "61/KH-UBND"},
        **{"title": "Trồng rừng", "issuer": "UBND tỉnh Vân Lĩnh", "date": "2026-02-03"},
        **{"section": "I.1", "quote": "Trồng mới 340 ha", "start": 10, "end": 26},
    }
    return Citation(**{**fields, **other})  # type: ignore[arg-type]


EVIDENCE = Evidence(7, Span(10, 26))
ANSWERED = Answered(
    sentences=(
        Sentence("Trồng mới 340 ha rừng.", (EVIDENCE,)),
        Sentence("Chăm sóc 1.120 ha", (EVIDENCE, Evidence(7, Span(30, 40))), item=True),
    ),
    marks=((1,), (1, 2)),
    citations=(citation(1), citation(2, section="I.2", start=30, end=40)),
)
NEAR = NearDocument(7, "kh-61.txt", "61/KH-UBND", "Trồng rừng")
OUTCOMES: tuple[Outcome, ...] = (
    ANSWERED,
    Unanswerable((NEAR, NearDocument(8, "khac.txt", None, None))),
    Clarify("Bạn hỏi năm nào?"),
    Refused(),
    Failed("Kho văn bản đang đóng."),
)
assert {type(outcome) for outcome in OUTCOMES} == set(get_args(Outcome))
