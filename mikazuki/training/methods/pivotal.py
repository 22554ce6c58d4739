"""The method pivotal_tuning: new words learn for a share of the steps, a network beside the model all the way."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Final

from torch import Tensor, nn

from mikazuki.models.embeddings import bundled
from mikazuki.settings.methods import INVERSION, PIVOTAL
from mikazuki.settings.rates import embedding_rate, word_steps
from mikazuki.settings.words import file_part
from mikazuki.training.conditions import Conditioner
from mikazuki.training.methods import Loaded, beside
from mikazuki.training.methods.lora import LoraMethod
from mikazuki.training.methods.words import NewWords
from mikazuki.training.modelspec import KINDS, STABILITY
from mikazuki.training.networks import NormReport

BUNDLE: Final = "bundle"
"""What follows the name of the file that holds network and words together."""


class PivotalMethod:
    """A network and new words in training.

    The words (the pivot) find their place while the network begins; then they rest, exactly, and the network learns
    around them.
    """

    trains_text = True

    def __init__(self, loaded: Loaded) -> None:
        """Attach the network and add the words; raises MikazukiError as `LoraMethod` and `NewWords` do."""
        self._settings = loaded.settings
        self._network = LoraMethod.on(loaded)
        self._words = NewWords(loaded)
        self._until = word_steps(loaded.settings, loaded.plan.max_train_steps)

    def conditioned(self, condition: Conditioner) -> Conditioner:
        """Return what encodes texts with the words written out."""
        return self._words.conditioned(self._network.conditioned(condition))

    def begin_step(self, step: int) -> None:
        """Let the words learn in the first pivotal_ratio of the steps, and rest afterwards."""
        self._network.begin_step(step)
        self._words.learn(learns=step < self._until)

    def groups(self) -> list[dict[str, Any]]:
        """Return the network's groups and the words'."""
        rate = embedding_rate(self._settings)
        rows = {"name": "embedding", "params": self._words.parameters(), "lr": rate, "base_lr": rate}
        return [*self._network.groups(), rows]

    def parameters(self) -> list[nn.Parameter]:
        """Return everything trained: the network's parameters, then the words' rows."""
        return [*self._network.parameters(), *self._words.parameters()]

    def limit_norms(self) -> NormReport | None:
        """Keep the network's norms below scale_weight_norms; None where that is not set."""
        return self._network.limit_norms()

    def counts(self) -> tuple[int, int]:
        """Return the network's modules and the vocabularies that learn, and how many numbers."""
        modules, numbers = self._network.counts()
        rows = self._words.parameters()
        return modules + len(rows), numbers + sum(one.numel() for one in rows)

    def weights(self) -> Mapping[str, Tensor]:
        """Return the network's tensors and the words' rows, whose names never meet."""
        return {**self._network.weights(), **self._words.weights()}

    def load_weights(self, weights: Mapping[str, Tensor]) -> None:
        """Set network and rows."""
        names = self._words.encoder_names
        self._words.load_weights({name: weights[name] for name in names})
        self._network.load_weights({name: tensor for name, tensor in weights.items() if name not in names})

    def files(self, path: Path) -> Sequence[Path]:
        """Return the network's file, each word's embedding file, and the bundle of all of them."""
        parts = [*map(file_part, self._words.words), BUNDLE]
        return [path, *(beside(path, self._settings, part) for part in parts)]

    def save(self, path: Path, metadata: dict[str, str]) -> None:
        """Write network, words and bundle; the network's own file stays free of words, which diffusers would refuse."""
        network, *words, bundle = self.files(path)
        self._network.save(network, metadata)
        self._words.save(words, _of_a_word(metadata))
        vectors = self._words.vectors().items()
        together = {name: tensor for word, held in vectors for name, tensor in bundled(word, held).items()}
        self._network.save(bundle, metadata, together)

    def evaluating(self) -> AbstractContextManager[None]:
        """Switch the network's dropout off for a while."""
        return self._network.evaluating()

    def at_strength(self, strength: float) -> AbstractContextManager[None]:
        """Let the network act times ``strength`` for a while; a word means what it means."""
        return self._network.at_strength(strength)

    @contextmanager
    def switched_off(self) -> Iterator[None]:
        """Let the base model be as it was, and the words mean what they meant at first."""
        with self._network.switched_off(), self._words.at_strength(0.0):
            yield


def _of_a_word(metadata: Mapping[str, str]) -> dict[str, str]:
    """Return a network's metadata as an embedding file has them: ModelSpec's alone, under its own kind."""
    spec = {key: value for key, value in metadata.items() if key.startswith("modelspec.")}
    kind = spec.get("modelspec.architecture", "").removesuffix(KINDS[PIVOTAL]) + KINDS[INVERSION]
    return spec | {"modelspec.architecture": kind, "modelspec.implementation": STABILITY}
