"""`cancu eval answers`: asks gold questions and scores them.

Right: answered; each group of `must` has one of its strings in the answer, none of `must_not`; a
citation overlaps a gold quote by half; not longer than 600 characters or half as much again as the
gold quotes plus 300. Strings are compared after NFC, without case and white space.
"""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.answering.as_json import answer_row
from bot.answering.pipeline import Answer, Assistant
from corpus.store import Store
from corpus.text import squeeze

_MARKS = re.compile(r"\s*(?:\[\d+\])+")


@dataclass(frozen=True, slots=True)
class Scored:
    """One question with its verdict; `why` says what a wrong answer lacks."""

    row: Mapping[str, Any]
    answer: Mapping[str, Any]
    right: bool
    why: str


def evaluate_answers(
    questions: Path, assistant: Assistant, store: Store, seen: Callable[[Scored], None]
) -> dict[str, Any]:
    """Ask every row of a gold file; the measures as a mapping. `seen` is called after each row."""
    texts = {document.file: squeeze(document.text) for document in store.documents()}
    scored: list[Scored] = []
    for row in _rows(questions):
        answer = assistant.ask(row["question"], row.get("history", ()))
        scored.append(score(row, answer))
        seen(scored[-1])
    return _measures(scored, texts)


def score(row: Mapping[str, Any], answer: Answer) -> Scored:
    """The verdict on one answer."""
    said = answer_row(answer, row.get("id"))
    if row.get("unanswerable"):
        right = said["outcome"] in ("unanswerable", "refused")
        return Scored(row, said, right, "" if right else "trả lời điều kho không nêu")
    why = _fault(row, said)
    return Scored(row, said, not why, why)


def _fault(row: Mapping[str, Any], said: Mapping[str, Any]) -> str:
    if said["outcome"] != "answered":
        return str(said["outcome"])
    bare = _MARKS.sub("", said["answer"])
    answer = _plain(bare)
    for group in row.get("must", ()):
        if not any(_plain(option) in answer for option in group):
            return f"thiếu {group}"
    if any(_plain(option) in answer for option in row.get("must_not", ())):
        return "có điều không được có"
    if not any(_cited(gold, said["citations"]) for gold in row["gold"]):
        return "không dẫn đoạn chuẩn"
    quoted = sum(len(gold["quote"]) for gold in row["gold"])
    return "" if len(bare) <= max(600, quoted * 1.5 + 300) else f"dài {len(bare)} ký tự"


def _cited(gold: Mapping[str, str], citations: Iterable[Mapping[str, Any]]) -> bool:
    """Whether a citation of the same file holds half of a gold quote, or lies half within it."""
    wanted = squeeze(gold["quote"]).lower()
    for citation in citations:
        quote = squeeze(citation["quote"]).lower()
        same_file = Path(citation["file"]).name == Path(gold["file"]).name
        if same_file and _shared(wanted, quote) * 2 >= min(len(wanted), len(quote)):
            return True
    return False


def _shared(one: str, other: str) -> int:
    """Length of the longest run of characters that both hold."""
    from difflib import SequenceMatcher

    return SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size


def _measures(scored: list[Scored], texts: Mapping[str, str]) -> dict[str, Any]:
    asked = [s for s in scored if not s.row.get("unanswerable")]
    empty = [s for s in scored if s.row.get("unanswerable")]
    quotes = [c for s in scored for c in s.answer["citations"]]
    exact = sum(squeeze(c["quote"]) in texts.get(c["file"], "") for c in quotes)
    golds = [(g, s) for s in asked for g in s.row["gold"]]
    cited = sum(_cited(gold, s.answer["citations"]) for gold, s in golds)
    times = sorted(s.answer["elapsed_ms"] for s in scored)
    kinds = Counter(s.row.get("kind", "") for s in asked)
    right = Counter(s.row.get("kind", "") for s in asked if s.right)
    return {
        "right": _share(sum(s.right for s in asked), len(asked)),
        "abstained": _share(sum(s.right for s in empty), len(empty)),
        "quotes_exact": _share(exact, len(quotes)),
        "gold_cited": _share(cited, len(golds)),
        "ms_p50": times[len(times) // 2] if times else 0,
        "ms_p95": times[int(len(times) * 0.95)] if times else 0,
        "by_kind": {kind: f"{right[kind]}/{count}" for kind, count in sorted(kinds.items())},
    }


def _share(part: int, whole: int) -> dict[str, Any]:
    return {"share": round(part / whole, 3) if whole else None, "of": f"{part}/{whole}"}


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text)).lower()


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            if line.strip():
                yield json.loads(line)
