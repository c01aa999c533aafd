"""A corpus of any size from real passages: cut, varied, and with vectors that vary likewise."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from zlib import crc32

import numpy as np

import benchmarks as shared
from corpus.canonical import SourceText
from corpus.document import read_document
from corpus.model import Block, BlockKind, Document, Header, Passage, PassageKey, Span
from corpus.stored import StoredPassage
from retrieval.context import dense_text
from retrieval.embedder import Embedder, Vectors

SHORTEST, LONGEST = 20, 50
"""Passages in a document."""
LEAST, MOST = 0.2, 1.0
"""How far a varied passage's vector strays, in standard deviations of all real vectors.

Embedded, passages with a quarter of their runs swapped come to a cosine of .96 (.91 to 1) with
what they were made from; vectors that stray so come to .97 (.93 to 1).
"""
_ARTICLE = re.compile(r"^Điều (\d+)\. ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Real:
    """Real passages, the words of each, and their real vectors."""

    titles: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]
    vectors: Vectors


def real(corpus: Path, count: int, embedder: Embedder, cache: Path) -> Real:
    """Read `count` passages spread over a corpus; embed them, or take the vectors from `cache`."""
    passages = [p for row in shared.rows(corpus) for p in _passages(row["text"])]
    chosen = random.Random(7).sample(passages, min(count, len(passages)))
    if not cache.exists():
        parts = [chosen[i : i + 32] for i in range(0, len(chosen), 32)]
        vectors = [embedder.passages([dense_text(p) for p in part]) for part in parts]
        np.save(cache, np.concatenate(vectors))
    titles = tuple((p.header.title or p.text.partition("\n")[0])[:100] for p in chosen)
    return Real(titles, tuple(tuple(p.text.split()) for p in chosen), np.load(cache))


def documents(source: Real, passages: int, seed: int = 7) -> Iterator[Document]:
    """Make documents until they have `passages` passages, each a real one with runs of others."""
    chance = random.Random(seed)
    everything = [list(words) for words in source.words]
    left, number = passages, 0
    while left > 0:
        number += 1
        chosen = chance.choices(range(len(everything)), k=chance.randint(SHORTEST, LONGEST))[:left]
        left -= len(chosen)
        parts = [(i, shared.varied(everything[i], everything, chance)) for i in chosen]
        yield _document(number, source.titles, parts)


class StrayingEmbedder(Embedder):
    """Gives a varied passage the vector of the real one, astray; questions their real vectors."""

    model = "varied"
    dimension = 384
    runtime = "varied"

    def __init__(self, source: Real, questions: Embedder) -> None:
        self._source = source
        self._questions = questions
        self.seconds = 0.0
        """What the last question took."""
        spread = np.cov((source.vectors - source.vectors.mean(axis=0)).T)
        values, axes = np.linalg.eigh(spread)
        self._spread = (axes * np.sqrt(np.maximum(values, 0))).astype(np.float32)

    def expect(self, count: int) -> None:
        """Nothing to prepare."""

    def passages(self, texts: Sequence[str]) -> Vectors:
        """The same text strays the same way, always."""
        base, steps = [], []
        for text in texts:
            found = _ARTICLE.search(text)
            base.append(int(found.group(1)) if found else 0)
            chance = np.random.default_rng(crc32(text.encode()))
            step = chance.standard_normal(self.dimension, dtype=np.float32)
            steps.append(step * chance.uniform(LEAST, MOST))
        return unit(self._source.vectors[base] + np.stack(steps).astype("f") @ self._spread.T)

    def question(self, text: str) -> Vectors:
        """The real vector, computed now."""
        start = perf_counter()
        vector = self._questions.question(text)
        self.seconds = perf_counter() - start
        return vector


def unit(vectors: Vectors) -> Vectors:
    """The same vectors with length 1."""
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def _passages(text: str) -> Iterator[StoredPassage]:
    document = read_document(SourceText(text))
    for i, p in enumerate(document.passages):
        words = p.span.of(document.text)
        key = PassageKey(1, i)
        yield StoredPassage(key, p.span, words, p.section, p.headings, document.header)


def _document(
    number: int, titles: Sequence[str], parts: Sequence[tuple[int, list[str]]]
) -> Document:
    """A document with an article for each part; its number is that of the real passage."""
    title = f"Quy định {titles[parts[0][0]].lower()}"
    text, blocks, passages = f"{title}\n", [], []
    for base, words in parts:
        heading = f"Điều {base}. {titles[base]}"
        head = Span(len(text), len(text) + len(heading))
        text += f"{heading}\n{' '.join(words)}\n"
        span = Span(head.end + 1, len(text) - 1)
        section = f"Điều {base}"
        blocks.append(Block(head, BlockKind.HEADING, 5, section, head))
        blocks.append(Block(span, BlockKind.PARAGRAPH, 99, section, Span(head.start, head.start)))
        passages.append(Passage(span, section, (heading,)))
    header = Header(type="QUY ĐỊNH", number=f"{number}/QĐ-UBND", date="2026-01-01", title=title)
    return Document(text, ((0, 0),), (), header, tuple(blocks), tuple(passages), 1.0)
