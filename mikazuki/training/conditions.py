"""Turns captions into what the UNet is conditioned on, live or from a table of texts encoded once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from mikazuki.data.captions import plain_caption
from mikazuki.data.plan import Plan
from mikazuki.models import text

Known = tuple[Tensor, Tensor | None]
"""One text's context, tokens x width, and its pooled form (SDXL), width."""


@dataclass(frozen=True, slots=True)
class Condition:
    """``context`` B x tokens x width for cross-attention; ``pooled`` B x width for SDXL, else None."""

    context: Tensor
    pooled: Tensor | None = None

    def added(self, time_ids: Tensor | None) -> dict[str, Tensor] | None:
        """Return diffusers' ``added_cond_kwargs``; ``time_ids`` B x 6 are SDXL's sizes."""
        if self.pooled is None or time_ids is None:
            return None
        # the sizes stay in fp32: bf16 would make 1336 of 1333
        return {"text_embeds": self.pooled, "time_ids": time_ids.to(self.pooled.device)}


Conditioner = Callable[[list[str]], Condition]
"""Encodes texts."""


@dataclass(frozen=True)
class LiveText:
    """Encodes with the text encoders at every call: for text encoders that are being trained.

    ``weighted`` reads brackets in captions as weights of words (`models.text.parse_weights`), ``strict`` each phrase
    as a text of its own (`models.text.tokenize_strict`). With ``padded`` off, the conditions are only as long as the
    longest of the texts needs (no_token_padding).
    """

    encoders: list[nn.Module]
    tokenizers: list[Any]
    clip_skip: int | None
    max_token_length: int
    device: torch.device
    weighted: bool = False
    padded: bool = True
    strict: bool = False

    def __call__(self, texts: list[str]) -> Condition:
        """Encode texts; gradients flow where they are wanted."""
        pairs = [self._tokens(one, texts) for one in self.tokenizers]
        ids = [found.to(self.device) for found, _ in pairs]
        weights = [given.to(self.device) for _, given in pairs if given is not None]
        encoded = self._encoded(ids, weights)
        if self.padded:
            return encoded
        length = max(longest(found, one.eos_token_id) for found, one in zip(ids, self.tokenizers, strict=True))
        return Condition(encoded.context[:, :length], encoded.pooled)

    def _tokens(self, tokenizer: Any, texts: list[str]) -> tuple[Tensor, Tensor | None]:
        """Return token ids, and where they count the weights."""
        length = self.max_token_length
        if self.strict:
            ids, weights = text.tokenize_strict(tokenizer, texts, length, weighted=self.weighted)
            return ids, weights if self.weighted else None
        if self.weighted:
            return text.tokenize_weighted(tokenizer, texts, length)
        return text.tokenize(tokenizer, texts, length), None

    def _encoded(self, ids: list[Tensor], weights: list[Tensor]) -> Condition:
        if len(self.encoders) == 1:
            given = weights[0] if weights else None
            return Condition(text.encode_sd(self.encoders[0], ids[0], self.clip_skip, weights=given))
        return Condition(*text.encode_sdxl(self.encoders, ids[0], ids[1], weights=weights or None))


def longest(ids: Tensor, end: int) -> int:
    """Return the tokens of the longest text of ``ids`` [text, 1, 77], its start and its last ``end`` counted."""
    return int(text.text_ends(ids[:, 0], end).max()) + 1


class FrozenText:
    """Knows the texts it was given, each encoded once; the encoders can be freed afterwards."""

    def __init__(
        self, live: Conditioner, texts: Iterable[str], batch: int = 8, known: Mapping[str, Known] | None = None
    ) -> None:
        """Encode every different text that is not among the ``known``; ``live`` is called for those alone."""
        self._known: dict[str, Known] = dict(known or {})
        wanted = sorted(set(texts) - self._known.keys())
        with torch.no_grad():
            for start in range(0, len(wanted), batch):
                part = wanted[start : start + batch]
                encoded = live(part)
                for row, said in enumerate(part):
                    pooled = None if encoded.pooled is None else encoded.pooled[row].clone()
                    self._known[said] = (encoded.context[row].clone(), pooled)

    def __call__(self, texts: list[str]) -> Condition:
        """Return the texts' conditions; KeyError for a text that was not given."""
        found = [self._known[said] for said in texts]
        pooled = [p for _, p in found if p is not None]
        return Condition(torch.stack([context for context, _ in found]), torch.stack(pooled) if pooled else None)

    def known(self, said: str) -> Known:
        """Return one text's condition, for a file; KeyError for a text that was not given."""
        return self._known[said]


def captions_change(plan: Plan) -> bool:
    """Tell whether a picture's caption can be another one at another step; left out altogether is no other one.

    Where it cannot, all texts of a training are known beforehand (`possible_texts`).
    """
    shown = [plan.subsets[entry.subset].options.captions for entry in plan.entries]
    return any(
        options.shuffle_caption
        or options.enable_wildcard
        or options.caption_tag_dropout_rate > 0
        or options.token_warmup_step > 0
        for options in shown
    )


def possible_texts(plan: Plan) -> set[str]:
    """Return every text that a training (and its validation) conditions on, where captions never change.

    The empty text is among them only where captions are left out at times: a run that finds all its texts in files
    needs no text encoder at all.
    """
    entries = (*plan.entries, *plan.validation)
    options = [plan.subsets[entry.subset].options.captions for entry in entries]
    texts = {plain_caption(entry.caption, own) for entry, own in zip(entries, options, strict=True)}
    dropped = any(own.caption_dropout_rate > 0 or own.caption_dropout_every_n_epochs > 0 for own in options)
    return texts | {""} if dropped else texts
