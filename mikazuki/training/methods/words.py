"""New words in the text encoders' vocabulary: rows that learn what each of them means, and the files of these rows."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from mikazuki.errors import MikazukiError
from mikazuki.models.embeddings import read_embeddings, save_embeddings, tensor_names
from mikazuki.models.load import text_core
from mikazuki.settings.words import first_meanings, token_names, words_in
from mikazuki.training.conditions import Condition, Conditioner
from mikazuki.training.methods import Loaded


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


class NewWords:
    """The words of token_string, ``num_vectors_per_token`` rows each in the vocabulary of every text encoder."""

    def __init__(self, loaded: Loaded) -> None:
        """Add the words to tokenizers and encoders, beginning with init_word, or with the file that weights names.

        Raises MikazukiError ``token-known``, ``tokenizer-mismatch``, ``init-word-unknown``, ``embedding-mismatch``,
        and what `read_embeddings` raises.
        """
        settings = loaded.settings
        self.encoder_names = tensor_names(loaded.family)
        self.words = words_in(settings.token_string)
        self.tokens = [token_names(word, settings.num_vectors_per_token) for word in self.words]
        self._precision = settings.save_precision
        started = read_embeddings(Path(settings.weights), self.encoder_names) if settings.weights else {}
        meanings = first_meanings(settings.init_word, len(self.words))
        self.grown: list[GrownEmbedding] = []
        for name, encoder, tokenizer in zip(self.encoder_names, loaded.encoders, loaded.tokenizers, strict=True):
            embeddings = text_core(encoder).embeddings
            old = embeddings.token_embedding
            rows = torch.cat([first_rows(old, tokenizer, said, settings.num_vectors_per_token) for said in meanings])
            if name in started:
                rows = _fitting(started[name], rows, settings.weights)
            add_tokens(tokenizer, [token for tokens in self.tokens for token in tokens], old.num_embeddings)
            embeddings.token_embedding = GrownEmbedding(old, rows.to(old.weight.device, loaded.dtype))
            self.grown.append(embeddings.token_embedding)
        self._first = [rows.detach().clone() for rows in self.parameters()]

    def conditioned(self, condition: Conditioner) -> Conditioner:
        """Return what encodes texts with the words written out: a word of three vectors is three tokens."""

        def encode(texts: list[str]) -> Condition:
            return condition([written_out(text, self.tokens) for text in texts])

        return encode

    def parameters(self) -> list[nn.Parameter]:
        """Return the new rows of each text encoder: [word * vector, width]."""
        return [grown.rows for grown in self.grown]

    def learn(self, *, learns: bool) -> None:
        """Let the rows learn, or rest as they are: without gradients no optimizer moves them."""
        for rows in self.parameters():
            rows.requires_grad_(learns)

    def weights(self) -> dict[str, Tensor]:
        """Return all words' rows, by the names of a file."""
        return {name: rows.detach().cpu() for name, rows in zip(self.encoder_names, self.parameters(), strict=True)}

    @torch.no_grad()
    def load_weights(self, weights: Mapping[str, Tensor]) -> None:
        """Set all words' rows."""
        for name, rows in zip(self.encoder_names, self.parameters(), strict=True):
            rows.copy_(weights[name])

    def vectors(self) -> dict[str, dict[str, Tensor]]:
        """Return each word's own rows, by the names of a file."""
        held = {name: rows.chunk(len(self.words)) for name, rows in self.weights().items()}
        return {word: {name: rows[number] for name, rows in held.items()} for number, word in enumerate(self.words)}

    def save(self, files: Sequence[Path], metadata: Mapping[str, str]) -> None:
        """Write the words' embedding files, one for each in their order."""
        for vectors, file in zip(self.vectors().values(), files, strict=True):
            save_embeddings(file, vectors, metadata, self._precision)

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

    def _set(self, values: Sequence[Tensor]) -> None:
        for rows, value in zip(self.parameters(), values, strict=True):
            rows.data = value


def written_out(text: str, words: Sequence[Sequence[str]]) -> str:
    """Replace every word, in whatever case, by all its tokens; ``words`` are the tokens of each, itself the first."""
    whole = {tokens[0].lower(): " ".join(tokens) for tokens in words}
    # a word that begins as another one does is the longer one
    known = sorted(whole, key=len, reverse=True)
    pattern = "|".join(map(re.escape, known))
    return re.sub(pattern, lambda found: whole[found.group().lower()], text, flags=re.IGNORECASE)


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
    table = old.weight.detach().float().cpu()
    if not words:
        mean, spread = table.mean(dim=0, keepdim=True), table.std(dim=0, keepdim=True)
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
