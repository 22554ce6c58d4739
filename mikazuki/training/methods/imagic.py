"""The method imagic: a sentence is bent until it says one picture, then the model learns to draw it (Kawar 2022)."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final

import torch
from torch import Tensor, nn

from mikazuki.data.one_picture import sentence_steps, target_text
from mikazuki.data.prompts import Prompt
from mikazuki.models.embeddings import save_sentence
from mikazuki.training.conditions import Condition, Conditioner
from mikazuki.training.methods import Loaded, Sheet, beside
from mikazuki.training.methods.full import FullMethod
from mikazuki.training.networks import NormReport

SHARES: Final = (0.0, 0.25, 0.5, 0.75, 1.0)
"""Shares of the target text on the final sheet: from the picture itself to what the text says."""
SHEET_SEEDS: Final = (1, 2)
SHEET_STEPS: Final = 30
TARGET: Final = "target"
OPTIMIZED: Final = "optimized"
_ENDINGS: Final = (".pt", ".safetensors")


class Sentence(nn.Module):
    """All that the UNet knows of one text: context [token, width] and of SDXL the pooled text [width], in fp32.

    It begins as the target text encoded. ``share`` is how much of the target is mixed in where it is used: 0 while
    training.
    """

    def __init__(self, target: Condition) -> None:
        """Take the target's condition, of one text."""
        super().__init__()
        parts = {"context": target.context, "pooled": target.pooled}
        self.target = {name: part[0].detach().float().clone() for name, part in parts.items() if part is not None}
        self.learned = nn.ParameterDict({name: nn.Parameter(part.clone()) for name, part in self.target.items()})
        self.share = 0.0

    def said(self) -> dict[str, Tensor]:
        """Return the sentence as it is to be used now, by the names of its parts."""
        if not self.share:
            return dict(self.learned.items())
        return {name: torch.lerp(part, self.target[name], self.share) for name, part in self.learned.items()}

    @contextmanager
    def at_share(self, share: float) -> Iterator[None]:
        """Let it be (1 - share) of what was learned and ``share`` of the target for a while."""
        before, self.share = self.share, share
        try:
            yield
        finally:
            self.share = before


class ImagicMethod:
    """The base model's UNet and one sentence in training: the sentence first, then the UNet with the sentence fixed."""

    trains_text = False

    def __init__(self, loaded: Loaded) -> None:
        """Wake the UNet; the sentence comes with `conditioned`, which is called before anything else."""
        self._loaded = loaded
        self._settings = loaded.settings
        self._model = FullMethod(loaded)
        self._text = target_text(loaded.plan)
        self._until = sentence_steps(loaded.settings, loaded.plan.max_train_steps)
        self._sentence: Sentence | None = None

    @property
    def sentence(self) -> Sentence:
        """The sentence, known since `conditioned`."""
        if self._sentence is None:
            raise AssertionError("the method is asked for its sentence before it has encoded the text")
        return self._sentence

    def conditioned(self, condition: Conditioner) -> Conditioner:
        """Return what encodes texts, with the learned sentence in place of the target text."""
        with torch.no_grad():
            target = condition([self._text])
        self._sentence = Sentence(target)
        return partial(self._encoded, condition)

    def _encoded(self, condition: Conditioner, texts: list[str]) -> Condition:
        found = condition(texts)
        if self._text not in texts:
            return found
        said, rows = self.sentence.said(), [text == self._text for text in texts]
        pooled = None if found.pooled is None else _in_rows(found.pooled, said["pooled"], rows)
        return Condition(_in_rows(found.context, said["context"], rows), pooled)

    def begin_step(self, step: int) -> None:
        """Let the sentence alone learn in its steps, and the UNet alone afterwards."""
        self._model.begin_step(step)
        learns_text = step < self._until
        for parameter in self.sentence.parameters():
            parameter.requires_grad_(learns_text)
        for parameter in self._model.parameters():
            parameter.requires_grad_(not learns_text)

    def groups(self) -> list[dict[str, Any]]:
        """Return the UNet's groups and the sentence's."""
        rate, parts = self._settings.imagic_embedding_lr, list(self.sentence.parameters())
        return [*self._model.groups(), {"name": "sentence", "params": parts, "lr": rate, "base_lr": rate}]

    def parameters(self) -> list[nn.Parameter]:
        """Return the UNet's parameters, then the sentence's."""
        return [*self._model.parameters(), *self.sentence.parameters()]

    def limit_norms(self) -> NormReport | None:
        """Return None: there is nothing beside the base model whose norm could be limited."""
        return None

    def counts(self) -> tuple[int, int]:
        """Return how many modules learn, the sentence as one, and how many numbers."""
        modules, numbers = self._model.counts()
        return modules + 1, numbers + sum(part.numel() for part in self.sentence.parameters())

    def weights(self) -> Mapping[str, Tensor]:
        """Return the UNet's weights and the sentence."""
        said = {f"sentence.{name}": part.detach().cpu() for name, part in self.sentence.learned.items()}
        return {**self._model.weights(), **said}

    @torch.no_grad()
    def load_weights(self, weights: Mapping[str, Tensor]) -> None:
        """Set UNet and sentence."""
        self._model.load_weights(weights)
        for name, part in self.sentence.learned.items():
            part.copy_(weights[f"sentence.{name}"])

    def files(self, path: Path) -> Sequence[Path]:
        """Return the model, and both sentences in both formats beside it."""
        parts = ((name, ending) for name in (TARGET, OPTIMIZED) for ending in _ENDINGS)
        return [path, *(beside(path, self._settings, name, ending) for name, ending in parts)]

    def save(self, path: Path, metadata: dict[str, str]) -> None:
        """Write the whole model, and beside it the target text and the learned sentence, as the UNet is given them."""
        self._model.save(path, metadata)
        for name, said in ((TARGET, self.sentence.target), (OPTIMIZED, dict(self.sentence.learned.items()))):
            for ending in _ENDINGS:
                save_sentence(beside(path, self._settings, name, ending), said, metadata)

    def evaluating(self) -> AbstractContextManager[None]:
        """Return a context that changes nothing: nothing is ever dropped."""
        return self._model.evaluating()

    @contextmanager
    def at_strength(self, strength: float) -> Iterator[None]:
        """Let the model be as learned (1) or as it was (0); the sentence may be anywhere between."""
        with self._model.at_strength(strength), self.sentence.at_share(1 - strength):
            yield

    def switched_off(self) -> AbstractContextManager[None]:
        """Let the base model be as it was, and the sentence the target text."""
        return self.at_strength(0.0)

    def sheet(self) -> Sheet:
        """Return the mixtures of sentence and target text, at the size of the picture."""
        width, height = self._loaded.plan.entries[0].bucket
        prompts = [Prompt(self._text, width, height, seed, SHEET_STEPS) for seed in SHEET_SEEDS]
        views = [(f"target {share:g}", partial(self.sentence.at_share, share)) for share in SHARES]
        return Sheet("imagic", prompts, views)


def _in_rows(found: Tensor, said: Tensor, rows: Sequence[bool]) -> Tensor:
    """Return what was encoded with ``said`` in the rows chosen, in its type, so that gradients flow to it."""
    return torch.stack([said.to(found.dtype) if chosen else kept for chosen, kept in zip(rows, found, strict=True)])
