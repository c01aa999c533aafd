"""The three comparisons, each as parts of Markdown."""

from collections.abc import Iterable, Mapping, Sequence
from statistics import fmean, quantiles

from benchmarks import fold
from benchmarks.peers import OURS
from benchmarks.peers.data import Asked
from benchmarks.peers.measures import gains, interval, quotes_whole
from benchmarks.peers.runs import Measured
from benchmarks.results import cell, table

Runs = Mapping[str, Measured]
Scores = Mapping[str, Sequence[Sequence[float]]]
"""For each system a row of measures for each question."""

_RANKS = ("R@1", "R@5", "nDCG@10")
_FORMS = ("", ", no diacritics")


def ranking(runs: Runs, asked: Sequence[tuple[Asked, set[str]]]) -> list[str]:
    """Ranks of the gold rows; the runs have every question as typed, then all of them folded."""
    names = [f"{rank}{form}" for form in _FORMS for rank in _RANKS]
    scores = {system: _both_forms(run, asked) for system, run in runs.items()}
    return [_means(names, scores), *_sure(names, scores), cost(runs, len(asked))]


def both_ways(asked: Iterable[Asked]) -> list[Asked]:
    """All questions as typed, then all of them without diacritics."""
    typed = list(asked)
    return typed + [Asked(fold(question.text), question.history) for question in typed]


def quotes(runs: Runs, asked: Sequence[tuple[Asked, list[str]]]) -> list[str]:
    """Questions whose gold quotes stand whole within the first passages."""
    names = ["all quotes whole", "one at least"]
    scores = {
        system: [
            [float(all(whole)), float(any(whole))]
            for whole in (
                quotes_whole(found, gold)
                for found, (_, gold) in zip(run.served.found, asked, strict=True)
            )
        ]
        for system, run in runs.items()
    }
    return [_means(names, scores), *_sure(names, scores), cost(runs, len(asked))]


def cost(runs: Runs, timed: int) -> str:
    """What each system takes, and how many times what this project takes."""
    columns = {system: _costs(run, timed) for system, run in runs.items()}
    ours = columns.get(OURS, {})
    return table(
        [
            {"system": system, "passages": runs[system].built.passages}
            | {name: _ratio(value, ours.get(name)) for name, value in costs.items()}
            for system, costs in columns.items()
        ]
    )


def _both_forms(run: Measured, asked: Sequence[tuple[Asked, set[str]]]) -> list[list[float]]:
    found, half = run.served.found, len(asked)
    return [
        gains(found[at], gold) + gains(found[half + at], gold) for at, (_, gold) in enumerate(asked)
    ]


def _means(names: Sequence[str], scores: Scores) -> str:
    rows = []
    for system, by_question in scores.items():
        means = [f"{fmean(part):.3f}" for part in zip(*by_question, strict=True)]
        rows.append({"system": system} | dict(zip(names, means, strict=True)))
    return table(rows)


def _sure(names: Sequence[str], scores: Scores) -> list[str]:
    """This project's gain over each peer, with its interval."""
    peers = [system for system in scores if system != OURS]
    if OURS not in scores or not peers:
        return []
    rows = []
    for peer in peers:
        row = {"gain over": peer}
        for at, name in enumerate(names):
            ours, theirs = ([one[at] for one in scores[system]] for system in (OURS, peer))
            mean, low, high = interval(ours, theirs)
            row[name] = f"{mean:+.3f} [{low:+.3f}, {high:+.3f}]"
        rows.append(row)
    return [table(rows)]


def _costs(run: Measured, timed: int) -> dict[str, float]:
    cuts = quantiles(run.served.times[:timed], n=20)
    return {
        "p50 ms": cuts[9],
        "p95 ms": cuts[18],
        "index s": run.built.seconds,
        "peak MiB indexing": run.built.peak,
        "peak MiB searching": run.served.peak,
        "first answer s": run.start,
    }


def _ratio(value: float, ours: float | None) -> str:
    return f"{cell(value)} ({value / ours:.2g}×)" if ours else cell(value)
