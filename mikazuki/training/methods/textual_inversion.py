"""The method textual_inversion: new rows in the text encoders' vocabulary learn what a new word means."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from mikazuki.errors import MikazukiError
from mikazuki.models.embeddings import read_embeddings, save_embeddings, tensor_names
from mikazuki.models.load import text_core
from mikazuki.training.conditions import Condition, Conditioner
from mikazuki.training.methods import Loaded, refuse_strengths
from mikazuki.training.networks import NormReport


class GrownEmbedding(nn.Module):
    """A vocabulary with rows added behind its own, which alone learn; the old ones stay as they are."""

    def __init__(self, old: nn.Embedding, rows: Tensor) -> None:
        """Put ``rows`` [vector, width] behind the rows of ``old``."""
        super().__init__()
        self.old = old
        self.rows = nn.Parameter(rows)

    def forward(self, ids: Tensor) -> Tensor:
        """Return each token's row, in the type of the old ones."""
        count = self.old.num_embeddings
        known = self.old(ids.clamp(max=count - 1))
        # both are looked up and one is chosen: where the new ones stand would otherwise be asked of the device
        new = F.embedding((ids - count).clamp(min=0), self.rows).to(known.dtype)
        return torch.where((ids >= count).unsqueeze(-1), new, known)


class InversionMethod:
    """A new word in training: ``num_vectors_per_token`` rows in the vocabulary of each text encoder."""

    trains_text = True

    def __init__(self, loaded: Loaded) -> None:
        """Add the word to tokenizers and encoders, beginning with init_word, or with the file that weights names.

        Raises MikazukiError ``token-known``, ``tokenizer-mismatch``, ``init-word-unknown``, ``embedding-mismatch``,
        ``no-strength``, and what `read_embeddings` raises.
        """
        refuse_strengths(loaded)
        self._loaded = loaded
        settings = loaded.settings
        self._names = tensor_names(loaded.family)
        self.tokens = token_names(settings.token_string or "", settings.num_vectors_per_token)
        started = read_embeddings(Path(settings.weights), self._names) if settings.weights else {}
        self._grown: list[GrownEmbedding] = []
        for name, encoder, tokenizer in zip(self._names, loaded.encoders, loaded.tokenizers, strict=True):
            embeddings = text_core(encoder).embeddings
            old = embeddings.token_embedding
            rows = first_rows(old, tokenizer, settings.init_word, len(self.tokens))
            if name in started:
                rows = _fitting(started[name], rows, settings.weights)
            add_tokens(tokenizer, self.tokens, old.num_embeddings)
            embeddings.token_embedding = GrownEmbedding(old, rows.to(old.weight.device, loaded.dtype))
            self._grown.append(embeddings.token_embedding)
        self._first = [rows.detach().clone() for rows in self.parameters()]

    def conditioned(self, condition: Conditioner) -> Conditioner:
        """Return what encodes texts with the word written out: a word of three vectors is three tokens."""

        def encode(texts: list[str]) -> Condition:
            return condition([written_out(text, self.tokens) for text in texts])

        return encode

    def begin_step(self, step: int) -> None:
        """Do nothing: the word learns all the way."""

    def groups(self) -> list[dict[str, Any]]:
        """Return the optimizer's one group."""
        rate = self._loaded.settings.learning_rate
        return [{"name": "textencoder", "params": self.parameters(), "lr": rate, "base_lr": rate}]

    def parameters(self) -> list[nn.Parameter]:
        """Return the new rows of each text encoder."""
        return [grown.rows for grown in self._grown]

    def limit_norms(self) -> NormReport | None:
        """Return None: the rows have no norm to be kept."""
        return None

    def counts(self) -> tuple[int, int]:
        """Return how many vocabularies learn, and how many numbers."""
        return len(self._grown), sum(rows.numel() for rows in self.parameters())

    def weights(self) -> Mapping[str, Tensor]:
        """Return the rows, by the names of a file."""
        return {name: rows.detach().cpu() for name, rows in zip(self._names, self.parameters(), strict=True)}

    @torch.no_grad()
    def load_weights(self, weights: Mapping[str, Tensor]) -> None:
        """Set the rows."""
        for name, rows in zip(self._names, self.parameters(), strict=True):
            rows.copy_(weights[name])

    def save(self, path: Path, metadata: dict[str, str]) -> None:
        """Write the embedding file."""
        save_embeddings(path, self.weights(), metadata, self._loaded.settings.save_precision)

    def evaluating(self) -> AbstractContextManager[None]:
        """Return a context that changes nothing: nothing is ever dropped."""
        return nullcontext()

    @contextmanager
    def at_strength(self, strength: float) -> Iterator[None]:
        """Let the rows be between what they began with (0) and what they are (1) for a while."""
        if strength == 1:
            yield
            return
        learned = [rows.detach().clone() for rows in self.parameters()]
        self._set([torch.lerp(first, now, strength) for first, now in zip(self._first, learned, strict=True)])
        try:
            yield
        finally:
            self._set(learned)

    def switched_off(self) -> AbstractContextManager[None]:
        """Let the word mean what it meant at first."""
        return self.at_strength(0.0)

    def _set(self, values: Sequence[Tensor]) -> None:
        for rows, value in zip(self.parameters(), values, strict=True):
            rows.data = value


def token_names(word: str, vectors: int) -> list[str]:
    """Return the tokens that a word of so many vectors is written as: ``cat``, ``cat1``, ``cat2``."""
    return [word, *(f"{word}{number}" for number in range(1, vectors))]


def written_out(text: str, tokens: Sequence[str]) -> str:
    """Replace the word, in whatever case, by all its tokens."""
    whole = " ".join(tokens)
    return re.sub(re.escape(tokens[0]), lambda _: whole, text, flags=re.IGNORECASE)


def add_tokens(tokenizer: Any, tokens: Sequence[str], first: int) -> None:
    """Add tokens to a tokenizer, their ids from ``first`` on; raises MikazukiError ``token-known``."""
    known = [
        token
        for token in tokens
        if token.lower() in tokenizer.get_vocab() or f"{token.lower()}</w>" in tokenizer.get_vocab()
    ]
    if known or tokenizer.add_tokens(list(tokens)) != len(tokens):
        raise MikazukiError(
            "token-known",
            f"token_string: the tokenizer knows {', '.join(known) or tokens[0]} already, so it cannot be taught anew.",
            "Choose a word that means nothing yet, such as <my-cat>.",
        )
    ids = tokenizer.convert_tokens_to_ids(list(tokens))
    if ids != list(range(first, first + len(tokens))):
        raise MikazukiError(
            "tokenizer-mismatch",
            f"The tokenizer and the text encoder of the base model differ: a new word would be number {ids[0]}, and "
            f"the encoder has {first} words.",
            "Use another copy of the model, or leave tokenizer_cache_dir out.",
        )


def first_rows(old: nn.Embedding, tokenizer: Any, words: str | None, count: int) -> Tensor:
    """Return ``count`` rows to begin with: those of the words' tokens in turn, without words as other rows are spread.

    Raises MikazukiError ``init-word-unknown`` for words without a token.
    """
    table = old.weight.detach().float()
    if not words:
        mean, spread = table.mean(dim=0, keepdim=True).cpu(), table.std(dim=0, keepdim=True).cpu()
        return mean + spread * torch.randn(count, table.shape[1])
    ids = tokenizer(words, add_special_tokens=False)["input_ids"]
    if not ids:
        raise MikazukiError(
            "init-word-unknown",
            f"init_word {words!r} has no token in the base model's vocabulary.",
            "Give one or more ordinary words, such as cat.",
        )
    return table[[ids[number % len(ids)] for number in range(count)]].clone()


def _fitting(started: Tensor, rows: Tensor, path: str | None) -> Tensor:
    """Return what a file holds; raises MikazukiError ``embedding-mismatch`` where its shape is another."""
    if started.shape != rows.shape:
        raise MikazukiError(
            "embedding-mismatch",
            f"weights: {path} holds {started.shape[0]} vectors of {started.shape[1]} numbers, and this training needs "
            f"{rows.shape[0]} of {rows.shape[1]}.",
            "Set num_vectors_per_token to its number, and use a base model of the family that it was made for.",
        )
    return started.float()
