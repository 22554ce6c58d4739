"""Draws the class pictures that are missing, with the base model as it is before it has learned anything.

A picture's name is the SHA-1 of its pixels. Its caption is written before it: a kill between the two leaves a text that
belongs to no picture, which nothing reads, never a picture without its caption. Each is whole as soon as it has its
name, so a drawing that was stopped goes on with what is missing.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image, PngImagePlugin, UnidentifiedImageError

from mikazuki.data.captions import caption_path
from mikazuki.data.class_pictures import ClassOrder
from mikazuki.data.prompts import Prompt
from mikazuki.errors import EXIT_FAILED, MikazukiError
from mikazuki.files import disk_error, replacing, sweep, write_text
from mikazuki.models import load
from mikazuki.models.weights import mapping
from mikazuki.text import count
from mikazuki.training.artist import make_artist
from mikazuki.training.conditions import FrozenText
from mikazuki.training.frugal import set_up_unet
from mikazuki.training.machine import Machine
from mikazuki.training.memory import HINT_CLASS_PICTURES, free_memory, is_out_of_memory, out_of_memory
from mikazuki.training.networks import merge_base_weights
from mikazuki.training.parts import Basis, live_text, vae_of
from mikazuki.training.report import Report
from mikazuki.training.sampling import Artist

STAGE: Final = "class_pictures"
"""Name of the stage in the events."""
_NUMBER: Final = "number"
"""Key in a PNG that holds the picture's place among those of its prompt and size."""
_SEEDS: Final = 2**32
"""Seeds lie below it, so that every image UI takes them."""

Kind = tuple[Path, str, tuple[int, int]]
"""Pictures that are counted together: their folder, prompt and size."""


@dataclass(frozen=True, slots=True)
class ClassPicture:
    """One picture to draw into ``folder``; ``number`` is its place (from 0) among those of its prompt and size."""

    folder: Path
    prompt: Prompt
    number: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """How class pictures are drawn: so many at once, captions with this ending, until ``stop`` says that it is over."""

    batch: int
    ending: str
    stop: Callable[[], bool]


def seed_of(order: ClassOrder, run_seed: int | None, number: int) -> int:
    """Return the seed of a picture: a function of the concept's seed, else the run's (unset: 0), and its place."""
    base = order.seed if order.seed is not None else run_seed or 0
    width, height = order.size
    place = f"class {base} {order.concept} {width}x{height} {number} {order.prompt}"
    return int.from_bytes(hashlib.sha256(place.encode()).digest()[:8], "big") % _SEEDS


def wanted_pictures(orders: Sequence[ClassOrder], run_seed: int | None) -> list[ClassPicture]:
    """List what is to be drawn, in the order of the orders.

    Numbers go on behind the last picture that was drawn here: what a stopped drawing left out has the seeds that it
    would have had, and what a person threw away does not come again.

    Raises:
        MikazukiError: ``class-picture-broken`` for a file in a folder of class pictures that is no picture.
    """
    following: dict[Kind, int] = {}
    for folder in dict.fromkeys(order.folder for order in orders):
        following |= _following_numbers(folder)
    wanted = []
    for order in orders:
        kind = (order.folder, order.prompt, order.size)
        first = following.get(kind, 0)
        following[kind] = first + order.count
        for number in range(first, first + order.count):
            prompt = Prompt(
                order.prompt,
                *order.size,
                seed=seed_of(order, run_seed, number),
                steps=order.steps,
                scale=order.guidance,
                negative=order.negative,
            )
            wanted.append(ClassPicture(order.folder, prompt, number))
    return wanted


def _following_numbers(folder: Path) -> dict[Kind, int]:
    """Return the number behind the last one of each kind of picture that was drawn into a folder."""
    found: dict[Kind, int] = {}
    for path in sorted(folder.glob("*.png")):
        told, size = _read(path)
        number = told.get(_NUMBER, "")
        if number.isdecimal():
            kind = (folder, told.get("prompt", ""), size)
            found[kind] = max(found.get(kind, 0), int(number) + 1)
    return found


def _read(path: Path) -> tuple[dict[str, str], tuple[int, int]]:
    """Return the texts in a PNG, and its width and height."""
    try:
        with Image.open(path) as picture:
            return {str(key): text for key, text in picture.info.items() if isinstance(text, str)}, picture.size
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise MikazukiError(
            "class-picture-broken",
            f"{path}, among the class pictures, cannot be read as a picture: {error}.",
            "Delete it: another one is drawn in its place at the next start.",
        ) from error


def batches(pictures: Sequence[ClassPicture], size: int) -> Iterator[list[ClassPicture]]:
    """Yield what is drawn together: at most ``size`` pictures that share size, steps and guidance."""
    alike: dict[tuple[int, int, int, float], list[ClassPicture]] = {}
    for one in pictures:
        prompt = one.prompt
        alike.setdefault((prompt.width, prompt.height, prompt.steps, prompt.scale), []).append(one)
    for group in alike.values():
        for start in range(0, len(group), size):
            yield group[start : start + size]


def keep(pixels: NDArray[np.uint8], one: ClassPicture, ending: str) -> Path:
    """Write a picture (height x width x RGB) with its caption, whose file has this ending; return its path.

    Raises:
        MikazukiError: ``class-pictures-alike`` where the same picture is there already; what `replacing` raises.
    """
    path = one.folder / f"{hashlib.sha1(pixels.tobytes(), usedforsecurity=False).hexdigest()}.png"
    if path.exists():
        raise MikazukiError(
            "class-pictures-alike",
            f"The base model draws the same class picture from different noise, such as {path}: it computes wrongly.",
            "Use mixed_precision bf16 or no instead of fp16, delete that picture, and start again.",
            exit_code=EXIT_FAILED,
        )
    write_text(caption_path(path, ending), one.prompt.text)
    with replacing(path) as part:
        Image.fromarray(pixels).save(part, format="PNG", pnginfo=_told(one))
    return path


def _told(one: ClassPicture) -> PngImagePlugin.PngInfo:
    """Return what a picture says of how it was drawn."""
    prompt = one.prompt
    info = PngImagePlugin.PngInfo()
    for key, value in {
        "prompt": prompt.text,
        "negative_prompt": prompt.negative,
        "seed": prompt.seed,
        "steps": prompt.steps,
        "guidance": prompt.scale,
        "size": f"{prompt.width}x{prompt.height}",
        _NUMBER: one.number,
    }.items():
        info.add_itxt(key, str(value))
    return info


def draw_class_pictures(
    basis: Basis, orders: Sequence[ClassOrder], machine: Machine, report: Report, stop: Callable[[], bool]
) -> bool:
    """Draw what the orders ask for and free the model again; return False when stopped by a person.

    One process draws; the others wait at every batch, so that none waits longer than that takes.

    Raises:
        MikazukiError: ``not-writable``, ``disk-full``, ``out-of-memory``, and what `wanted_pictures` and `keep` raise.
    """
    if machine.is_main:
        _open_folders(orders)
    wanted = wanted_pictures(orders, basis.settings.seed)
    # every process has counted before the first picture is there
    machine.wait()
    if not wanted:
        return True
    if machine.is_main:
        report.stage("load_model", f"loading {basis.info.path}")
    artist = base_artist(basis, [one.prompt for one in wanted], machine) if machine.is_main else None
    report.stage(STAGE, f"drawing {count(len(wanted), 'class picture')}", total=len(wanted))
    drawing = Drawing(basis.settings.class_batch_size, basis.settings.caption_ending, stop)
    finished = _draw(artist, wanted, drawing, machine, report)
    del artist
    free_memory(machine.device)
    machine.wait()
    return finished


def _draw(
    artist: Artist | None, wanted: Sequence[ClassPicture], drawing: Drawing, machine: Machine, report: Report
) -> bool:
    """Draw batch after batch, where there is something to draw with; return False when stopped."""
    done = 0
    for batch in batches(wanted, drawing.batch):
        if machine.agree(drawing.stop()):
            return False
        if artist is not None:
            for pixels, one in zip(_drawn(artist, batch), batch, strict=True):
                keep(pixels, one, drawing.ending)
        done += len(batch)
        report.preparing(STAGE, done, len(wanted))
    return True


def _drawn(artist: Artist, batch: Sequence[ClassPicture]) -> list[NDArray[np.uint8]]:
    """Draw a batch; raises MikazukiError ``out-of-memory`` with what to do about these pictures."""
    try:
        return artist.draw_together([one.prompt for one in batch])
    except (RuntimeError, MemoryError) as error:
        if not is_out_of_memory(error):
            raise
        what = f"to draw {count(len(batch), 'class picture')} at once"
        raise out_of_memory(error, what, HINT_CLASS_PICTURES) from error


def _open_folders(orders: Sequence[ClassOrder]) -> None:
    """Make the folders and take away what a killed drawing left half-written."""
    for folder in dict.fromkeys(order.folder for order in orders):
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise disk_error(folder, error) from error
        sweep(folder)


def base_artist(basis: Basis, prompts: Sequence[Prompt], machine: Machine) -> Artist:
    """Load the base model and return what draws these prompts with it; its text encoders are freed again."""
    settings, info = basis.settings, basis.info
    home = machine.device if settings.lowram else torch.device("cpu")
    with mapping(on=not settings.disable_mmap_load_safetensors):
        live = live_text(basis, machine, frozen=True)
        with machine.autocast():
            texts = FrozenText(live, {text for prompt in prompts for text in (prompt.text, prompt.negative)})
        unet: Any = load.load_unet(info, dtype=machine.dtype, device=home)
        vae = vae_of(basis)()
    merge_base_weights(unet, [], basis.family, settings)
    set_up_unet(unet, settings, machine.device)
    return make_artist(basis, machine, unet, vae, texts)
