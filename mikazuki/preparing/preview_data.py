"""What a training will see as plain values: for prompts.json, the page beside it, and the studio."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from mikazuki.data.entries import Entry
from mikazuki.preparing.foresee import EpochFacts, Foresight, Seen, SeenBatch, token_counts
from mikazuki.preparing.foresee_rates import curve


def picture_row(seen: Seen, tokens: int, before: str) -> dict[str, Any]:
    """Return one showing; ``crop`` is left, top, right, bottom in pixels of the original, before mirroring.

    ``before`` is what the picture was told first in the epoch before, or in the first one its plain caption.
    """
    entry, showing = seen.entry, seen.showing
    colour = showing.colour
    return {
        "picture": str(entry.picture),
        "caption": showing.caption,
        "before": before,
        "tokens": tokens,
        "size": list(entry.size),
        "bucket": list(entry.bucket),
        "crop": [round(edge, 2) for edge in seen.box],
        "flip": showing.flip,
        "hue": colour.hue if colour else 0.0,
        "gamma": colour.gamma if colour else 1.0,
        "is_class": entry.is_reg,
        "missing": seen.missing,
        "weight": seen.weight,
        "mask": seen.mask,
        "mask_picture": str(entry.mask) if seen.mask == "picture" else None,
    }


def batch_rows(foresight: Foresight, epoch: int, batches: Iterable[SeenBatch]) -> list[dict[str, Any]]:
    """Return batches of an epoch (from 1) with their pictures, and the rates of the step that each belongs to."""
    found = list(batches)
    counts = iter(token_counts([seen.showing.caption for batch in found for seen in batch.pictures]))
    before = _before(foresight, epoch, [seen.entry for batch in found for seen in batch.pictures])
    return [
        {
            "batch": batch.number,
            "step": batch.step,
            "rates": foresight.rates.at(batch.step - 1),
            "pictures": [picture_row(seen, next(counts), before[_key(seen.entry)]) for seen in batch.pictures],
        }
        for batch in found
    ]


def _before(foresight: Foresight, epoch: int, entries: Sequence[Entry]) -> dict[tuple[int, Path], str]:
    """Return what each picture was told in the epoch before; what that one does not show has its plain caption."""
    plain = {_key(entry): foresight.plain(entry) for entry in entries}
    return plain | foresight.captions_in(epoch - 1, frozenset(plain)) if epoch > 1 else plain


def _key(entry: Entry) -> tuple[int, Path]:
    return entry.subset, entry.picture


def epoch_row(facts: EpochFacts) -> dict[str, Any]:
    """Return an epoch in numbers."""
    found = asdict(facts)
    return found | {"class_share": round(facts.class_share, 4)}


def rates_row(foresight: Foresight) -> dict[str, Any]:
    """Return the curve of the rates, and what is to be said about it in words."""
    steps, rates = curve(foresight.rates, foresight.plan.max_train_steps)
    return {"steps": steps, "rates": rates, "why": foresight.rates.why, "words": foresight.rates.words}


def document(foresight: Foresight, epochs: Sequence[int]) -> dict[str, Any]:
    """Return everything about some epochs (from 1).

    Raises:
        MikazukiError: ``no-such-epoch``.
    """
    return {
        "output_name": foresight.settings.output_name,
        "seed": foresight.seed,
        "max_train_epochs": foresight.plan.max_train_epochs,
        "max_train_steps": foresight.plan.max_train_steps,
        "notes": [asdict(note) for note in foresight.notes],
        "rates": rates_row(foresight),
        "epochs": [
            epoch_row(foresight.epoch(epoch)) | {"batches": batch_rows(foresight, epoch, foresight.batches(epoch))}
            for epoch in epochs
        ],
    }
