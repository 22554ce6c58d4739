"""Reads an adapter's metadata back: the settings that made it, its tags, its pictures, its trigger words."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final

from pydantic import TypeAdapter, ValidationError

from mikazuki.models.families import FamilyName
from mikazuki.settings.train import TrainSettings

TAGS: Final = 100
_OTHER_NAMES: Final = {
    "max_train_steps": "max_train_steps",
    "num_epochs": "max_train_epochs",
    "batch_size_per_device": "train_batch_size",
    "debiased_estimation": "debiased_estimation_loss",
    "enable_bucket": "enable_bucket",
    "vae_name": "vae",
    "sd_model_name": "pretrained_model_name_or_path",
}
"""Name of a metadata key without `ss_` -> option, where they differ or the key would not be taken otherwise."""
_NOT_OPTIONS: Final = frozenset({"network_args", "optimizer", "max_train_steps", "text_encoder_lr", "epoch", "steps"})
"""Keys that are read in a way of their own, or that tell what came of a run."""
_ARCHITECTURES: Final[Mapping[str, FamilyName]] = {
    "stable-diffusion-v1": "sd1",
    "stable-diffusion-v2": "sd2",
    "stable-diffusion-xl": "sdxl",
}
_VERSIONS: Final[Mapping[str, FamilyName]] = {"sd_v1": "sd1", "sd_v2": "sd2", "sdxl": "sdxl"}
_OPTIMIZER: Final = re.compile(r"(?:.*\.)?(\w+)(?:\((.*)\))?", re.DOTALL)
_NUMBERED: Final = re.compile(r"\d+_(.+)")


@dataclass(frozen=True, slots=True)
class Learned:
    """What an adapter was trained on: tags with the pictures that have them, commonest first; number of pictures."""

    tags: tuple[tuple[str, int], ...]
    pictures: int | None
    trigger: str


def learned(metadata: Mapping[str, str]) -> Learned:
    """Return what the metadata tells of an adapter's pictures; nothing where it tells nothing."""
    counts: Counter[str] = Counter()
    for tags in _object(metadata.get("ss_tag_frequency")).values():
        counts.update({str(tag).strip(): int(number) for tag, number in _items(tags) if isinstance(number, int)})
    folders = _object(metadata.get("ss_dataset_dirs"))
    numbers = [facts.get("img_count") for facts in folders.values() if isinstance(facts, dict)]
    pictures = sum(number for number in numbers if isinstance(number, int)) or None
    return Learned(tuple(counts.most_common(TAGS)), pictures, _trigger(metadata, list(folders), counts, pictures))


def family_of_metadata(metadata: Mapping[str, str]) -> FamilyName | None:
    """Return the family of the base model that an adapter says it was made for, or None."""
    told = (
        (metadata.get("ss_base_model_version", ""), _VERSIONS),
        (
            metadata.get("modelspec.architecture", ""),
            _ARCHITECTURES,
        ),
    )
    for text, table in told:
        for beginning, family in table.items():
            if text.startswith(beginning):
                return family
    return None


def recipe(metadata: Mapping[str, str]) -> dict[str, Any]:
    """Return the options that the metadata tells, as values that settings take; what cannot be read is left out.

    The base model is given by its file name alone: its folder is not in the metadata.
    """
    values: dict[str, Any] = {}
    for key, text in metadata.items():
        name = key.removeprefix("ss_")
        option = _OTHER_NAMES.get(name, name)
        if key.startswith("ss_") and name not in _NOT_OPTIONS and option in TrainSettings.model_fields:
            values |= _value(option, text)
    values |= _network_args(metadata.get("ss_network_args"))
    values |= _optimizer(metadata.get("ss_optimizer"))
    values |= _value("text_encoder_lr", metadata.get("ss_text_encoder_lr", "None").strip("[]").replace(",", " "))
    if "max_train_epochs" not in values:
        values |= _value("max_train_steps", metadata.get("ss_max_train_steps", "None"))
    return values


def _value(option: str, text: str) -> dict[str, Any]:
    """Return the option with the value that its text means, if it means one that differs from the default."""
    if text in {"None", ""}:
        return {}
    field = TrainSettings.model_fields[option]
    plain = text.strip("()").replace(" ", "") if option == "resolution" else text
    kind: Any = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
    try:
        value = TypeAdapter(kind).validate_python(plain)
    except ValidationError:
        return {}
    return {} if value == field.default else {option: list(value) if isinstance(value, tuple) else value}


def _network_args(text: str | None) -> dict[str, Any]:
    pairs = [f"{key}={value}" for key, value in _object(text).items() if value is not None and value != "None"]
    return {"network_args": pairs} if pairs else {}


def _optimizer(text: str | None) -> dict[str, Any]:
    """Read `torch.optim.adamw.AdamW(weight_decay=0.01)`."""
    match = _OPTIMIZER.fullmatch(text or "")
    if not match:
        return {}
    pairs = [part for part in re.split(r",(?=\w+=)", match[2] or "") if "=" in part]
    return {"optimizer_type": match[1], **({"optimizer_args": pairs} if pairs else {})}


def _trigger(metadata: Mapping[str, str], folders: list[str], tags: Counter[str], pictures: int | None) -> str:
    """Return the words that call what was learned.

    The file's own words for it; else the tag that (nearly) every picture has and that comes first; else what the
    names of its folders say behind their numbers.
    """
    said = metadata.get("modelspec.trigger_phrase", "").strip()
    if said:
        return said
    names = [match[1].strip() for folder in folders if (match := _NUMBERED.fullmatch(folder))]
    if names:
        return ", ".join(dict.fromkeys(names))
    everywhere = [tag for tag, number in tags.items() if pictures and number >= pictures]
    return everywhere[0] if everywhere else ""


def _object(text: str | None) -> dict[str, Any]:
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _items(value: object) -> Iterator[tuple[object, object]]:
    yield from value.items() if isinstance(value, dict) else ()
