"""Turns training pictures into latents: encoded once and kept, or at every step."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from mikazuki.data.load import training_pixels
from mikazuki.data.plan import Entry


@dataclass(frozen=True, slots=True)
class Encoded:
    """A picture's posterior, 4 x h x w each, not yet scaled: every use draws from it anew.

    ``sizes`` is 3 x 2: original (height, width), crop (top, left), target (height, width), as SDXL is told them.
    """

    mean: Tensor
    deviation: Tensor
    sizes: Tensor

    def sample(self, generator: torch.Generator) -> Tensor:
        """Draw a latent from the posterior (reparameterisation)."""
        return self.mean + self.deviation * torch.randn(self.mean.shape, generator=generator)


class PictureEncoder:
    """Encodes entries with the VAE in fp32 and keeps what it encoded if ``keep``; keys are (picture, bucket, flip)."""

    def __init__(self, vae: nn.Module, device: torch.device, *, keep: bool) -> None:
        """Keep the VAE; it moves to ``device`` when first used."""
        self._vae: Any = vae
        self._device = device
        self._keep = keep
        self._kept: dict[tuple[str, tuple[int, int], bool], Encoded] = {}

    @torch.no_grad()
    def encode(self, wanted: Sequence[tuple[Entry, bool]]) -> list[Encoded]:
        """Return (entry, flip) pairs encoded; entries of one call share a bucket."""
        missing = {self._key(*pair): pair for pair in wanted if self._key(*pair) not in self._kept}
        fresh: dict[tuple[str, tuple[int, int], bool], Encoded] = {}
        if missing:
            loaded = [training_pixels(entry, flip=flip) for entry, flip in missing.values()]
            pixels = torch.from_numpy(np.stack([pixels for pixels, _, _ in loaded]))
            self._vae.to(self._device)
            scaled = pixels.to(self._device).permute(0, 3, 1, 2).float().div(127.5).sub(1)
            posterior = self._vae.encode(scaled.to(next(self._vae.parameters()).dtype)).latent_dist
            mean, deviation = posterior.mean.float().cpu(), posterior.std.float().cpu()
            for row, (key, (entry, _)) in enumerate(missing.items()):
                target = (entry.bucket[1], entry.bucket[0])
                fresh[key] = Encoded(
                    mean[row].clone(), deviation[row].clone(), torch.tensor((*loaded[row][1:], target))
                )
            if self._keep:
                self._kept.update(fresh)
        known = self._kept | fresh if fresh else self._kept
        return [known[self._key(*pair)] for pair in wanted]

    def fill(self, entries: Sequence[Entry], *, flips: bool, batch: int) -> Iterator[int]:
        """Encode everything beforehand, ``batch`` pictures at a time; yields how many are done."""
        pairs = {
            self._key(entry, flip): (entry, flip)
            for entry in entries
            for flip in ((False, True) if flips else (False,))
        }
        by_bucket: dict[tuple[int, int], list[tuple[Entry, bool]]] = {}
        for entry, flip in pairs.values():
            by_bucket.setdefault(entry.bucket, []).append((entry, flip))
        done = 0
        for group in by_bucket.values():
            for start in range(0, len(group), batch):
                done += len(self.encode(group[start : start + batch]))
                yield done

    @staticmethod
    def _key(entry: Entry, flip: bool) -> tuple[str, tuple[int, int], bool]:  # noqa: FBT001 - one of a triple
        return str(entry.picture), entry.bucket, flip
