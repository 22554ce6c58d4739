"""Makes the batches of a training, ahead of time in threads: latents, noise, timesteps, captions, weights."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, fields, replace
from typing import TypeVar

import torch
from torch import Tensor

from mikazuki.data.batches import own_part
from mikazuki.data.entries import Entry
from mikazuki.data.plan import Plan
from mikazuki.data.showings import Drawing, Shown
from mikazuki.models.text import sdxl_time_ids
from mikazuki.settings.dataset_lookup import PRESERVED
from mikazuki.settings.datasets import SubsetOptions
from mikazuki.settings.rates import prior_weight
from mikazuki.settings.train import TrainSettings
from mikazuki.training import noise
from mikazuki.training.latents import Encoded, PictureEncoder

Key = TypeVar("Key")
Made = TypeVar("Made")
Place = tuple[int, int, list[int]]
"""Epoch from 0, place within the epoch, indices into the plan's entries."""


@dataclass(frozen=True, slots=True)
class Batch:
    """One batch on the CPU: ``latents`` (scaled) and ``noise`` B x C x h x w, the rest B long.

    ``time_ids`` B x 6 are SDXL's sizes. ``mask`` B x 1 x h x w, 0 to 1, weighs the loss. ``disturbed`` is the noise
    that goes into the picture where it is another than ``noise``, the target. ``preserved`` B marks pictures whose
    target is what the base model says, ``prior`` B those of the subject's class. Each is None where it would change
    nothing. The network acts times ``strength``, and the mean loss counts times ``share``, which is not 1 where several
    processes have unequal parts of a batch.
    """

    latents: Tensor
    noise: Tensor
    timesteps: Tensor
    captions: list[str]
    weights: Tensor
    time_ids: Tensor | None = None
    mask: Tensor | None = None
    disturbed: Tensor | None = None
    preserved: Tensor | None = None
    prior: Tensor | None = None
    strength: float = 1.0
    share: float = 1.0

    def to(self, device: torch.device) -> "Batch":
        """Move the tensors; from pinned memory without waiting."""
        if device.type == "cpu":
            return self
        tensors = {f.name: getattr(self, f.name) for f in fields(self) if isinstance(getattr(self, f.name), Tensor)}
        moved = {name: part.pin_memory().to(device, non_blocking=True) for name, part in tensors.items()}
        return replace(self, **moved)


@dataclass(frozen=True)
class BatchMaker:
    """Makes the batch that stands at a place; everything random in it is a function of seed and place."""

    plan: Plan
    settings: TrainSettings
    seed: int
    encoder: PictureEncoder
    vae_scale: float
    wants_sizes: bool
    rank: int = 0

    def make(self, place: Place) -> Batch:
        """Make this process's part of the batch at a place.

        What is random is drawn for the whole batch, and the part cut out of it, so that several processes see what
        one with a larger batch would. A process for which nothing is left computes the first picture, for no weight.
        """
        shown = self.shown(place)
        own = own_part(len(shown), rank=self.rank, processes=self.plan.processes)
        generator = noise.generator_at(self.seed, "step", *place[:2])
        part = own if own.start < own.stop else slice(0, 1)
        batch = self.noised(shown, self.encoder.encode(shown[part]), generator, part=part)
        entries = [entry for entry, _ in shown[part]]
        prior = torch.tensor([entry.is_reg for entry in entries]) if self.plan.num_reg_images else None
        share = (own.stop - own.start) * self.plan.processes / len(shown)
        return replace(batch, weights=self.weights(entries, epoch=place[0]), prior=prior, share=share)

    @property
    def drawing(self) -> Drawing:
        """What draws what is shown."""
        keep, accumulation = self.encoder.keeps, self.settings.gradient_accumulation_steps
        return Drawing(self.plan, self.seed, accumulation, keep)

    def shown(self, place: Place) -> list[Shown]:
        """Draw what is shown at a place: the entries, and each one's caption, flip, crop and colours."""
        return self.drawing.at(*place)

    def options(self, entry: Entry) -> SubsetOptions:
        """Return the options of the entry's subset."""
        return self.plan.subsets[entry.subset].options

    def noised(
        self,
        shown: Sequence[Shown],
        encoded: Sequence[Encoded],
        generator: torch.Generator,
        timestep: int | None = None,
        part: slice = slice(None),
    ) -> Batch:
        """Put a batch together, with latents, noise and timesteps drawn in this order; ``timestep`` fixes those.

        ``encoded`` are the pictures of the ``part`` of ``shown`` that is wanted; what is random is drawn for all.
        Every picture counts fully: what class pictures count in an epoch is `make`'s to say.
        """
        latents = _sampled(encoded, len(shown), part, generator) * self.vae_scale
        drawn = noise.draw_noise(latents, self.settings, generator, timestep=timestep)
        entries = [entry for entry, _ in shown[part]]
        return Batch(
            latents=latents[part],
            noise=drawn.noise[part],
            timesteps=drawn.timesteps[part],
            captions=[showing.caption for _, showing in shown[part]],
            weights=torch.ones(len(entries)),
            time_ids=sdxl_time_ids(*torch.stack([o.sizes for o in encoded]).unbind(1)) if self.wants_sizes else None,
            mask=self._masks(entries, encoded),
            disturbed=None if drawn.disturbed is None else drawn.disturbed[part],
            preserved=self._preserved(entries),
            strength=self.plan.datasets[entries[0].dataset].network_multiplier,
        )

    def weights(self, entries: Sequence[Entry], epoch: int) -> Tensor:
        """Return how much each picture's loss counts in ``epoch`` (from 0)."""
        prior = prior_weight(self.settings, epoch)
        return torch.tensor([prior if entry.is_reg else 1.0 for entry in entries])

    def _masks(self, entries: Sequence[Entry], encoded: Sequence[Encoded]) -> Tensor | None:
        """Return the batch's masks where any picture has one that counts; what has none counts everywhere."""
        masks = [
            # transparency always counts where it is asked for, pictures of masks with masked_loss
            one.mask if self.settings.masked_loss or self.options(entry).alpha_mask else None
            for entry, one in zip(entries, encoded, strict=True)
        ]
        if all(mask is None for mask in masks):
            return None
        whole = torch.ones(1, *encoded[0].mean.shape[-2:])
        return torch.stack([whole if mask is None else mask for mask in masks])

    def _preserved(self, entries: Sequence[Entry]) -> Tensor | None:
        """Say which pictures the base model itself is to be kept for (custom_attributes, as sd-scripts names it)."""
        wanted = [bool(dict(self.options(entry).custom_attributes).get(PRESERVED)) for entry in entries]
        return torch.tensor(wanted) if any(wanted) else None


def _sampled(encoded: Sequence[Encoded], count: int, part: slice, generator: torch.Generator) -> Tensor:
    """Draw the latents of a batch of ``count``, zeros where a picture is not this process's; B x C x h x w."""
    own = dict(zip(range(count)[part], encoded, strict=True))
    rows = []
    for row in range(count):
        if row in own:
            rows.append(own[row].sample(generator))
        else:
            rows.append(torch.randn(encoded[0].mean.shape, generator=generator) * 0)
    return torch.stack(rows)


def ahead(
    make: Callable[[Key], Made], keys: Iterable[Key], workers: int, pool: ThreadPoolExecutor | None = None
) -> Iterator[Made]:
    """Yield ``make(key)`` in order, made up to two a worker ahead in threads; ``workers`` 0 makes them on demand.

    ``pool`` is one to use and leave open (see `worker_pool`), else the threads end with the keys.
    """
    if workers == 0:
        yield from map(make, keys)
        return
    with ExitStack() as stack:
        threads = pool or stack.enter_context(worker_pool(workers))
        waiting: deque[Future[Made]] = deque()
        try:
            for key in keys:
                waiting.append(threads.submit(make, key))
                if len(waiting) > 2 * workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def worker_pool(workers: int) -> ThreadPoolExecutor:
    """Return threads that make batches; one pool for a whole run with ``persistent_data_loader_workers``."""
    return ThreadPoolExecutor(workers, thread_name_prefix="batches")
