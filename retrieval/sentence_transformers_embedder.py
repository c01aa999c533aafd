"""Any sentence-transformers model, by its name or folder. Imports torch only when it embeds."""

import os
import threading
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import numpy as np

from retrieval.embedder import Vectors

_BATCH = {"cpu": 8}
"""Texts at once. On a processor more would leave its cache, and are slower by a third."""
_MORE = 64


class SentenceTransformersEmbedder:
    """A configured model (`CANCU_EMBEDDING_MODEL`), with the prompts that it carries or E5's.

    Runs on a GPU where torch finds one. `local` never asks the network for anything.
    """

    def __init__(self, model: str, *, local: bool = False) -> None:
        self.model = model
        self._local = local
        self._loaded: Any = None
        self._lock = threading.Lock()

    @property
    def dimension(self) -> int:
        """The length of a vector; loads the model."""
        return int(self._engine().get_embedding_dimension())

    @property
    def runtime(self) -> str:
        """Such as `sentence-transformers bfloat16`; loads the model."""
        return f"sentence-transformers {str(self._engine().dtype).removeprefix('torch.')}"

    def expect(self, count: int) -> None:
        """Nothing to prepare: there is one runtime."""

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts to be found; embedded by length, so that padding costs little."""
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        return self._encode(texts, ("passage", "document"), "passage: ")

    def question(self, text: str) -> Vectors:
        """The vector of a question."""
        return self._encode([text], ("query",), "query: ")

    def tokens(self, texts: Sequence[str]) -> list[list[int]]:
        """The token ids of each text as it stands, without a prompt and not cut."""
        tokenizer = self._engine().tokenizer
        return [list(ids) for ids in tokenizer(list(texts), verbose=False)["input_ids"]]

    def _encode(self, texts: Sequence[str], names: tuple[str, ...], e5_prefix: str) -> Vectors:
        with self._lock:
            engine = self._engine()
            named = next((name for name in names if engine.prompts.get(name)), None)
            prefix = e5_prefix if named is None and "e5" in self.model.lower() else None
            vectors = engine.encode(
                list(texts),
                prompt_name=named,
                prompt=prefix,
                batch_size=_BATCH.get(engine.device.type, _MORE),
                convert_to_numpy=True,
                show_progress_bar=False,
            )
        return _unit(np.asarray(vectors, dtype=np.float32))

    def _engine(self) -> Any:
        if self._loaded is None:
            # Its threads would only warn when this process starts another one.
            os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
            from sentence_transformers import SentenceTransformer

            import_module("transformers.utils.logging").disable_progress_bar()
            self._loaded = _runnable(SentenceTransformer(self.model, local_files_only=self._local))
        return self._loaded


def fast_dtype() -> str:
    """`bfloat16` where the GPU, or else the processor, multiplies it fast; `float32` elsewhere."""
    import torch

    if torch.cuda.is_available():
        return "bfloat16" if torch.cuda.is_bf16_supported() else "float32"
    able = torch.cpu.get_capabilities()
    fast = any(able.get(name) for name in ("avx512_bf16", "amx_bf16", "bf16"))
    return "bfloat16" if fast else "float32"


def _runnable(model: Any) -> Any:
    # Half-precision weights on a processor that cannot multiply them take ten times as long.
    half = str(model.dtype) in ("torch.float16", "torch.bfloat16")
    if model.device.type == "cpu" and half:
        import torch

        return model.to(getattr(torch, fast_dtype()))
    return model


def _unit(vectors: Vectors) -> Vectors:
    # Here and not in the model: bfloat16 would round the length.
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)
