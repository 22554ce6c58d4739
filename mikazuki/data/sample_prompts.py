"""The prompts that a training draws on its way: those of a file, else of its concepts, and the sanity prompt."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Final

from mikazuki.data.captions import caption_lines, caption_paths
from mikazuki.data.chance import shuffled
from mikazuki.data.concepts import tokens_of
from mikazuki.data.entries import Entry
from mikazuki.data.filewords import caption_of, fill
from mikazuki.data.plan import Plan
from mikazuki.data.prompts import Prompt, read_prompts
from mikazuki.data.templates import NAME
from mikazuki.errors import MikazukiError
from mikazuki.settings.concepts import FILEWORDS, Concept, read_concepts
from mikazuki.settings.train import TrainSettings

PROMPT_OPTIONS: Final = ("sample_prompts", "concepts_list", "sanity_prompt")
"""Options that give a training something to draw."""
_SEEDS: Final = 2**32

Said = tuple[str, tuple[int, int]]
"""A text to draw, and its width and height."""


def sample_prompts(settings: TrainSettings, plan: Plan | None, seed: int) -> list[Prompt]:
    """Return all prompts of a training, the sanity prompt last.

    Args:
        settings: What was asked for.
        plan: Its data: concepts take captions and sizes from their pictures; None where it is not known.
        seed: The run's; which pictures those are is a function of it.

    Raises:
        MikazukiError: What `read_prompts` and `read_concepts` raise, ``prompts-not-found`` and ``prompts-not-utf8``
            for a concept's save_sample_template.
    """
    found: list[Prompt] = []
    negative = ""
    if settings.sample_prompts:
        found = read_prompts(Path(settings.sample_prompts), settings.resolution)
    elif settings.concepts_list:
        concepts = read_concepts(settings.concepts_list)
        negative = concepts[0].save_sample_negative_prompt
        for number, concept in enumerate(concepts):
            pictures = [entry for entry in plan.entries if entry.dataset == number] if plan else []
            rng = Random(f"sample prompts {seed} {number}")
            found += _of_concept(concept, settings, [entry for entry in pictures if not entry.is_reg], rng)
    if settings.sanity_prompt:
        found.append(
            Prompt(settings.sanity_prompt, *settings.resolution, settings.sanity_seed, negative=negative, sanity=True)
        )
    return found


def _of_concept(concept: Concept, settings: TrainSettings, pictures: Sequence[Entry], rng: Random) -> Iterator[Prompt]:
    """Yield a concept's prompts; the first has its seed, and each one behind it the next."""
    said = _lines(concept, settings) or _texts(concept, settings, pictures, rng)
    for index, (text, (width, height)) in enumerate(said):
        yield Prompt(
            text,
            width,
            height,
            seed=(concept.sample_seed + index) % _SEEDS if concept.sample_seed >= 0 else None,
            steps=concept.save_infer_steps,
            scale=concept.save_guidance_scale,
            negative=concept.save_sample_negative_prompt,
        )


def _texts(concept: Concept, settings: TrainSettings, pictures: Sequence[Entry], rng: Random) -> list[Said]:
    """Return what save_sample_prompt says; without one, instance_prompt.

    Where the caption comes into it, it is that of pictures chosen by chance, drawn in their own sizes.
    """
    template, most = concept.save_sample_prompt or concept.instance_prompt, concept.n_save_sample
    if FILEWORDS not in template:
        return [(template, settings.resolution)] * most
    tokens = tokens_of(concept)
    different = {entry.picture: entry for entry in pictures}
    return [
        (fill(template, _caption(entry.picture, settings), tokens, is_class=False), entry.bucket)
        for entry in shuffled(different.values(), rng)[:most]
    ]


def _caption(picture: Path, settings: TrainSettings) -> str:
    """Return a picture's own caption, before any prompt is put around it; of several to choose from the first."""
    for path in caption_paths(picture, settings.caption_ending):
        if path.is_file():
            lines = caption_lines(path.read_bytes())
            return caption_of(picture, " ".join(lines[:1] if settings.enable_wildcard else lines))
    return caption_of(picture, None)


def _lines(concept: Concept, settings: TrainSettings) -> list[Said]:
    """Return the lines of a concept's template, each as often as it has samples; none where it names no file.

    In a line [name] stands for what the concept is called, and [filewords] means the same.
    """
    if not concept.save_sample_template:
        return []
    called = f"{concept.instance_token} {concept.class_token}".strip()
    lines = [line.strip() for line in _read(Path(concept.save_sample_template)).splitlines() if line.strip()]
    texts = [line.replace(FILEWORDS, called).replace(NAME, called) for line in lines]
    return [(text, settings.resolution) for text in texts for _ in range(concept.n_save_sample)]


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        text = f"save_sample_template: {path} is not UTF-8 text."
        raise MikazukiError("prompts-not-utf8", text, "Save it as UTF-8 in your editor.") from error
    except OSError as error:
        text = f"save_sample_template: {path} cannot be read: {error.strerror or error}."
        raise MikazukiError("prompts-not-found", text, "Correct it in the concept, or leave it empty.") from error
