"""Each rule of a method left out: what `test_teaching` holds of the whole method does not hold without it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import pytest
from torch import Tensor

from mikazuki.models.hypernetworks import ContextNetwork, Hypernetwork
from mikazuki.training import batches
from mikazuki.training.conditions import Conditioner
from mikazuki.training.methods import hypernetwork, words
from mikazuki.training.methods.full import FullMethod
from mikazuki.training.methods.imagic import ImagicMethod
from tests.training.methods import test_teaching as teaching
from tests.training.methods import test_teaching_imagic as teaching_imagic

pytestmark = [pytest.mark.tiny, pytest.mark.slow]

LIKENESS = r"likeness\("
FIDELITY = r"fidelity\("
"""Which of the teaching's assertions does not hold, as pytest tells it."""


@contextmanager
def failing(which: str) -> Iterator[None]:
    with pytest.raises(AssertionError, match=which):
        yield


def without_texts(_method: FullMethod, condition: Conditioner) -> Conditioner:
    """Encode nothing, whatever the captions say."""
    return lambda texts: condition([""] * len(texts))


def unlearned(embedding: words.GrownEmbedding, ids: Tensor, real: Callable[..., Tensor]) -> Tensor:
    """Look up rows that get gradients of 0."""
    return real(embedding, ids).detach() + embedding.rows.sum() * 0


def test_dreambooth_without_the_prior(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Class pictures that weigh nothing: what the model knew is lost."""
    monkeypatch.setattr(batches, "prior_weight", lambda *_: 0.0)
    with failing(FIDELITY):
        teaching.test_dreambooth(tmp_path)


def test_dreambooth_without_captions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The subject is learned, but not by its name."""
    monkeypatch.setattr(FullMethod, "conditioned", without_texts)
    with failing(LIKENESS):
        teaching.test_dreambooth(tmp_path)


@pytest.fixture
def words_at_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    real = words.GrownEmbedding.forward
    monkeypatch.setattr(words.GrownEmbedding, "forward", lambda self, ids: unlearned(self, ids, real))


@pytest.mark.usefixtures("words_at_rest")
def test_textual_inversion_without_gradients(tmp_path: Path) -> None:
    with failing(LIKENESS):
        teaching.test_textual_inversion(tmp_path)


@pytest.mark.usefixtures("words_at_rest")
def test_pivotal_tuning_without_its_word(tmp_path: Path) -> None:
    """The network makes up for it, but what is saved as the word is worth nothing by itself."""
    with failing("the word alone"):
        teaching.test_pivotal_tuning(tmp_path)


def test_pivotal_tuning_without_its_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The words alone, which rest for half of the steps, are too little."""
    monkeypatch.setattr(teaching, "with_lora", lambda _base, _path: nullcontext())
    with failing(LIKENESS):
        teaching.test_pivotal_tuning(tmp_path)


def test_hypernetwork_without_values(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the keys alone, it chooses where to look and changes nothing of what is seen."""
    real = hypernetwork.attention_layers
    monkeypatch.setattr(hypernetwork, "attention_layers", lambda unet: [one for one in real(unet) if one[1] == 0])
    with failing(LIKENESS):
        teaching.test_hypernetwork(tmp_path)


def test_hypernetwork_without_strength(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trained with what it adds times 0: it comes out as it was drawn, and changes next to nothing."""

    def weak(network: Hypernetwork, part: ContextNetwork, _layer: Any, inputs: tuple[Tensor]) -> tuple[Tensor]:
        return (part(*inputs, strength=0.0 if network.training else network.strength),)

    monkeypatch.setattr(hypernetwork, "_through", weak)
    with failing(LIKENESS):
        teaching.test_hypernetwork(tmp_path)


def test_imagic_without_the_sentences_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The model learns the picture by the caption itself, which then says the picture and nothing else."""
    real = ImagicMethod.begin_step
    monkeypatch.setattr(ImagicMethod, "begin_step", lambda self, step: real(self, step + 10**6))
    with failing(FIDELITY):
        teaching_imagic.test_imagic(tmp_path)


def test_imagic_without_the_models_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence that the model was not fitted to does not draw the picture."""
    real = ImagicMethod.begin_step
    monkeypatch.setattr(ImagicMethod, "begin_step", lambda self, _step: real(self, 0))
    with failing(LIKENESS):
        teaching_imagic.test_imagic(tmp_path)
