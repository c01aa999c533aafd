"""Compare this project with its peers: same data, same embedding, one run.

Each part renews its own section of ``--out``.
"""

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks import in_child
from benchmarks.peers import AT_SCALE, SYSTEMS, reports
from benchmarks.peers.data import (
    Articles,
    Asked,
    Data,
    Folders,
    Generated,
    questions,
    quoted_questions,
)
from benchmarks.peers.runs import Measured, embedding, measure
from benchmarks.peers.vectors import CachedEmbedder, NoisyEmbedder, composed
from benchmarks.results import machine, write_section

Options = argparse.Namespace


def ranking(options: Options, embedder: CachedEmbedder) -> list[str]:
    """Law articles and their questions, with and without diacritics."""
    asked = questions(options.queries)[: options.questions]
    data = Articles(options.corpus)
    runs, failed = _measured(
        options.only or SYSTEMS, data, embedder, reports.both_ways(a for a, _ in asked)
    )
    speed, question, size = in_child(embedding, data, options.cache.parent)
    model = (
        f"The model {embedder.model} is the same for all and in none of these figures: it makes "
        f"{speed:.0f} passages a second, a question in {question:.0f} ms, and takes {size:.0f} MiB."
    )
    return ["## Ranking", _size(data, asked), *reports.ranking(runs, asked), model, *failed]


def quotes(options: Options, embedder: CachedEmbedder) -> list[str]:
    """Whole gold quotes within the first passages."""
    asked = quoted_questions(options.quotes)
    data = Folders(tuple(options.documents))
    runs, failed = _measured(options.only or SYSTEMS, data, embedder, [a for a, _ in asked])
    return ["## Gold quotes whole", _size(data, asked), *reports.quotes(runs, asked), *failed]


def scale(options: Options, embedder: CachedEmbedder) -> list[str]:
    """Speed over many passages."""
    asked = [a for a, _ in questions(options.queries)][:: options.every]
    noisy = NoisyEmbedder(embedder.file, embedder.model, embedder.dimension)
    data = Generated(options.corpus, options.passages)
    runs, failed = _measured(options.only or AT_SCALE, data, noisy, asked)
    costs = reports.cost(runs, len(asked))
    return [f"## {options.passages:,} passages", _size(data, asked), costs, *failed]


PARTS = {"ranking": ranking, "quotes": quotes, "scale": scale}


def _measured(
    names: Iterable[str], data: Data, embedder: CachedEmbedder, asked: Sequence[Asked]
) -> tuple[dict[str, Measured], list[str]]:
    """The runs of all systems, and a line for each that cannot run here."""
    runs: dict[str, Measured] = {}
    failed: list[str] = []
    for name in names:
        print(name, file=sys.stderr, flush=True)
        try:
            runs[name] = measure(name, data, embedder, asked)
        except ImportError as error:
            failed.append(f"Not measured, as it cannot be imported here: {name} ({error}).")
    return runs, failed


def _size(data: Data, asked: Sequence[object]) -> str:
    return f"{len(asked):,} questions over {len(data.rows()):,} documents."


def main() -> None:
    """Measure the wanted parts, print them, and renew their sections."""
    options = _options()
    model = composed(options.cache.parent)
    embedder = CachedEmbedder(options.cache, model.model, model.dimension)
    for part in options.parts:
        found = PARTS[part](options, embedder)
        found.append(f"{machine()}. `{_command(part)}`")
        print("\n\n".join(found), flush=True)
        if options.out:
            write_section(options.out, f"peers {part}", found)


def _options() -> Options:
    parser = argparse.ArgumentParser(prog="benchmarks.peers", description=__doc__)
    parser.add_argument("parts", nargs="+", choices=list(PARTS), metavar="|".join(PARTS))
    parser.add_argument("--corpus", type=Path, required=True, help="rows with id and text")
    parser.add_argument("--queries", type=Path, required=True, help="rows with text and gold")
    parser.add_argument("--documents", type=Path, nargs="+", default=[], help="folders of files")
    parser.add_argument("--quotes", type=Path, help="questions with gold quotes")
    parser.add_argument("--cache", type=Path, required=True, help="file that keeps the vectors")
    parser.add_argument("--out", type=Path, help="Markdown file with the sections")
    parser.add_argument("--only", choices=list(SYSTEMS), nargs="+")
    parser.add_argument("--passages", type=int, default=100_000, help="generated for scale")
    parser.add_argument("--every", type=int, default=10, help="question asked at scale")
    parser.add_argument("--questions", type=int, help="only the first so many")
    return parser.parse_args()


def _command(part: str) -> str:
    """The command without the places of this machine."""
    rest = {"quotes": " --documents FOLDER … --quotes S.jsonl"}.get(part, "")
    corpus = "--corpus C.jsonl --queries Q.jsonl --cache FILE"
    return f"python -m benchmarks.peers {part} {corpus}{rest}"


if __name__ == "__main__":
    main()
