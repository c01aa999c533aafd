"""Which units make the answer: the best one that lacks nothing, and others it needs beside it."""

from collections.abc import Sequence

from bot.answering.evidence import Unit, words
from bot.answering.question import Asks, Question
from bot.answering.scoring import Judged, terms_of

MOST = 3
_NEARLY = 0.75
"""A unit of another document joins a question for several when it scores this share of the best."""
_AS_WELL_BORNE = 0.05
"""How much less of the question another document's unit may hold."""
_TELLS_MORE = 0.18
"""Least share of the question's terms that a second unit must add to the first."""


def choose(question: Question, judged: Sequence[Judged]) -> list[Unit]:
    """The units to answer from, best first; none where none lacks nothing."""
    enough = [j for j in judged if not j.missing]
    if not enough:
        return []
    best = enough[0]
    chosen = [best.unit]
    for other in enough[1:]:
        if len(chosen) == MOST or other.score < _NEARLY * best.score:
            break
        if any(_same_place(other.unit, unit) for unit in chosen):
            continue
        if _belongs_beside(question, other, best, chosen):
            chosen.append(other.unit)
    return chosen


def _belongs_beside(
    question: Question, other: Judged, best: Judged, chosen: Sequence[Unit]
) -> bool:
    elsewhere = all(other.unit.document.id != unit.document.id for unit in chosen)
    if elsewhere and question.several and question.wants(Asks.LIST, Asks.TASKS, Asks.AGENCY):
        return other.support >= best.support - _AS_WELL_BORNE
    wanted = terms_of(question)
    told = {t for t in wanted if any(words(unit.text).has(t) for unit in chosen)}
    more = {t for t in wanted if words(other.unit.text).has(t)} - told
    return not elsewhere and len(more) >= _TELLS_MORE * len(wanted) and not chosen[0].items


def _same_place(one: Unit, other: Unit) -> bool:
    return one.document.id == other.document.id and (
        bool(one.span.overlap(other.span))
        or any(item.overlap(other.span) for item in one.items)
        or any(item.overlap(one.span) for item in other.items)
    )
