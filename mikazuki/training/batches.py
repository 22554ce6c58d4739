"""Makes the batches of a training, ahead of time in threads: latents, noise, timesteps, captions, weights."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

import torch
from torch import Tensor

from mikazuki.data.batches import draw_sample, sample_rng
from mikazuki.data.plan import Plan
from mikazuki.models.text import sdxl_time_ids
from mikazuki.settings.train import TrainSettings
from mikazuki.training import noise
from mikazuki.training.latents import PictureEncoder

Key = TypeVar("Key")
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Batch:
    """One batch on the CPU: ``latents`` (scaled) and ``noise`` B x C x h x w, the rest B long."""

    latents: Tensor
    noise: Tensor
    timesteps: Tensor
    captions: list[str]
    weights: Tensor
    time_ids: Tensor | None

    def to(self, device: torch.device) -> "Batch":
        """Move the tensors; from pinned memory without waiting."""
        if device.type == "cpu":
            return self
        moved = [
            part.pin_memory().to(device, non_blocking=True)
            for part in (self.latents, self.noise, self.timesteps, self.weights)
        ]
        sizes = None if self.time_ids is None else self.time_ids.to(device, non_blocking=True)
        return Batch(moved[0], moved[1], moved[2], self.captions, moved[3], sizes)


@dataclass(frozen=True)
class BatchMaker:
    """Makes the batch that stands at a place; everything random in it is a function of seed and place."""

    plan: Plan
    settings: TrainSettings
    seed: int
    encoder: PictureEncoder
    vae_scale: float
    wants_sizes: bool

    def make(self, place: tuple[int, int, list[int]]) -> Batch:
        """Make the batch at (epoch from 0, place within the epoch, indices into the plan's entries)."""
        epoch, number, rows = place
        entries = [self.plan.entries[row] for row in rows]
        first = number * self.settings.train_batch_size
        drawn = [
            draw_sample(entry, self.settings, sample_rng(self.seed, epoch, first + at))
            for at, entry in enumerate(entries)
        ]
        captions, flips = [caption for caption, _ in drawn], [flip for _, flip in drawn]
        generator = noise.generator_at(self.seed, "step", epoch, number)
        encoded = self.encoder.encode(list(zip(entries, flips, strict=True)))
        latents = torch.stack([one.sample(generator) for one in encoded]) * self.vae_scale
        pure = torch.randn(latents.shape, generator=generator)
        timesteps = torch.randint(0, noise.NUM_TRAIN_TIMESTEPS, (len(rows),), generator=generator)
        # last, so that an offset leaves the other numbers as they are
        blurred = noise.offset_noise(pure, self.settings.noise_offset, generator)
        weights = torch.tensor([self.settings.prior_loss_weight if e.is_reg else 1.0 for e in entries])
        sizes = sdxl_time_ids(*torch.stack([one.sizes for one in encoded]).unbind(1)) if self.wants_sizes else None
        return Batch(latents, blurred, timesteps, captions, weights, sizes)


def ahead(make: Callable[[Key], Made], keys: Iterable[Key], workers: int) -> Iterator[Made]:
    """Yield ``make(key)`` in order, made up to two a worker ahead in threads; ``workers`` 0 makes them on demand."""
    if workers == 0:
        yield from map(make, keys)
        return
    with ThreadPoolExecutor(workers, thread_name_prefix="batches") as pool:
        waiting: deque[Future[Made]] = deque()
        try:
            for key in keys:
                waiting.append(pool.submit(make, key))
                if len(waiting) > 2 * workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
