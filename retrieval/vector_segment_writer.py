"""Writes segments of the dense index (see `vector_segment.py`)."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

from retrieval.embedder import Vectors
from retrieval.faiss_files import mapped, save, sync, untyped
from retrieval.vector_segment import BLOCK, Block, Numbers, files_of

_SAMPLE = 40
"""Vectors for each list to place the lists by; more take time and bring nothing."""


def write(folder: Path, blocks: Iterable[Block], flat_up_to: int) -> str:
    """Write a new segment, with lists if it has more vectors than `flat_up_to`; its name.

    It is on disk whole when this returns. Raises OSError when the disk is full.
    """
    import numpy as np

    name = uuid4().hex[:12]
    keys, vectors, lists = files_of(folder, name)
    numbers, flat = _gathered(blocks)
    save(flat, vectors)
    if len(numbers) > flat_up_to:
        del flat  # From here on the file serves: it need not be in memory twice.
        index, order = _listed(mapped(vectors))
        save(index, lists)
        save(_in_order(mapped(vectors), order), vectors)
        numbers = numbers[order]
    with keys.open("wb") as stream:
        np.save(stream, numbers)
    sync(keys)
    return name


def _gathered(blocks: Iterable[Block]) -> tuple[Numbers, Any]:
    import numpy as np

    numbers: list[Numbers] = []
    flat: Any = None
    for keys, vectors in blocks:
        flat = _flat(vectors.shape[1]) if flat is None else flat
        flat.add(vectors)
        numbers.append(keys)
    return np.concatenate(numbers), flat


def _listed(flat: Any) -> tuple[Any, Numbers]:
    """Inverted lists of one-bit codes for the vectors of `flat`, and an order for these.

    In that order vectors of a list lie side by side: a search then touches a tenth of the pages.
    """
    import numpy as np

    count = min(int(2 * flat.ntotal**0.5), flat.ntotal)
    index = untyped().index_factory(flat.d, f"IVF{count},RaBitQ", flat.metric_type)
    index.cp.min_points_per_centroid = 1
    index.cp.max_points_per_centroid = _SAMPLE
    sample = np.random.default_rng(0).permutation(flat.ntotal)[: _SAMPLE * count]
    index.train(flat.reconstruct_batch(np.sort(sample)))
    nearest = [index.quantizer.assign(vectors, 1)[:, 0] for vectors in _parts(flat)]
    order = np.argsort(np.concatenate(nearest), kind="stable")
    for vectors in _parts(flat, order):
        index.add(vectors)
    return index, order


def _in_order(flat: Any, order: Numbers) -> Any:
    ordered = _flat(flat.d)
    for vectors in _parts(flat, order):
        ordered.add(vectors)
    return ordered


def _parts(flat: Any, order: Numbers | None = None) -> Iterator[Vectors]:
    for start in range(0, flat.ntotal, BLOCK):
        if order is None:
            yield flat.reconstruct_n(start, min(BLOCK, flat.ntotal - start))
        else:
            yield flat.reconstruct_batch(order[start : start + BLOCK])


def _flat(dimension: int) -> Any:
    """An empty index of half-precision vectors that are compared one by one."""
    faiss = untyped()
    half = faiss.ScalarQuantizer.QT_fp16
    return faiss.IndexScalarQuantizer(dimension, half, faiss.METRIC_INNER_PRODUCT)
