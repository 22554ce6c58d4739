"""Turns captions into what the UNet is conditioned on, live or from a table of texts encoded once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from mikazuki.models import text


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
    """Encodes with the text encoders at every call: for text encoders that are being trained."""

    encoders: list[nn.Module]
    tokenizers: list[Any]
    clip_skip: int | None
    max_token_length: int
    device: torch.device

    def __call__(self, texts: list[str]) -> Condition:
        """Encode texts; gradients flow where they are wanted."""
        ids = [text.tokenize(one, texts, self.max_token_length).to(self.device) for one in self.tokenizers]
        if len(self.encoders) == 1:
            return Condition(text.encode_sd(self.encoders[0], ids[0], self.clip_skip))
        return Condition(*text.encode_sdxl(self.encoders, ids[0], ids[1]))


class FrozenText:
    """Knows the texts it was given, each encoded once; the encoders can be freed afterwards."""

    def __init__(self, live: Conditioner, texts: Iterable[str], batch: int = 8) -> None:
        """Encode every different text."""
        wanted = sorted(set(texts))
        self._known: dict[str, tuple[Tensor, Tensor | None]] = {}
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
