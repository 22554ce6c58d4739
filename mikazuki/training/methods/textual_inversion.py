"""The method textual_inversion: new rows in the text encoders' vocabulary learn what new words mean."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from torch import Tensor, nn

from mikazuki.settings.words import file_part
from mikazuki.training.conditions import Conditioner
from mikazuki.training.methods import Loaded, beside, refuse_strengths
from mikazuki.training.methods.words import NewWords
from mikazuki.training.networks import NormReport


class InversionMethod:
    """New words in training, and nothing else."""

    trains_text = True

    def __init__(self, loaded: Loaded) -> None:
        """Add the words to tokenizers and encoders.

        Raises MikazukiError ``no-strength``, and what `NewWords` raises.
        """
        refuse_strengths(loaded)
        self._settings = loaded.settings
        self.words = NewWords(loaded)

    def conditioned(self, condition: Conditioner) -> Conditioner:
        """Return what encodes texts with the words written out."""
        return self.words.conditioned(condition)

    def begin_step(self, step: int) -> None:
        """Do nothing: the words learn all the way."""

    def groups(self) -> list[dict[str, Any]]:
        """Return the optimizer's one group."""
        rate = self._settings.learning_rate
        return [{"name": "textencoder", "params": self.parameters(), "lr": rate, "base_lr": rate}]

    def parameters(self) -> list[nn.Parameter]:
        """Return the new rows of each text encoder."""
        return self.words.parameters()

    def limit_norms(self) -> NormReport | None:
        """Return None: the rows have no norm to be kept."""
        return None

    def counts(self) -> tuple[int, int]:
        """Return how many vocabularies learn, and how many numbers."""
        return len(self.words.grown), sum(rows.numel() for rows in self.parameters())

    def weights(self) -> Mapping[str, Tensor]:
        """Return the rows, by the names of a file."""
        return self.words.weights()

    def load_weights(self, weights: Mapping[str, Tensor]) -> None:
        """Set the rows."""
        self.words.load_weights(weights)

    def files(self, path: Path) -> Sequence[Path]:
        """Return the embedding files: of one word ``path``, of several one each with the word behind the name."""
        words = self.words.words
        return [path] if len(words) == 1 else [beside(path, self._settings, file_part(word)) for word in words]

    def save(self, path: Path, metadata: dict[str, str]) -> None:
        """Write the embedding files."""
        self.words.save(self.files(path), metadata)

    def evaluating(self) -> AbstractContextManager[None]:
        """Return a context that changes nothing: nothing is ever dropped."""
        return nullcontext()

    def at_strength(self, strength: float) -> AbstractContextManager[None]:
        """Let the rows be between what they began with (0) and what they are (1) for a while."""
        return self.words.at_strength(strength)

    def switched_off(self) -> AbstractContextManager[None]:
        """Let the words mean what they meant at first."""
        return self.at_strength(0.0)
