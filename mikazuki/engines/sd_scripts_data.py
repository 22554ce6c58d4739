"""Describes folders of pictures to the upstream trainer, so that any folder can be trained on as it lies there."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from mikazuki.data.folders import Subset, find_subsets
from mikazuki.errors import MikazukiError
from mikazuki.settings.load import toml_value
from mikazuki.settings.upstream.scripts import Script

DATASET_FILE: Final = "dataset"
"""Name, without its ending, of the file in the job's folder."""

DATA_OPTIONS: Final = ("train_data_dir", "reg_data_dir", "in_json", "dataset_config")
"""Options that the file stands for; upstream warns of them beside one."""


def takes_folders(script: Script) -> bool:
    """Say whether a script trains on folders with caption files.

    fine_tune.py reads metadata files alone, and scripts for ControlNet pair pictures with conditions themselves.
    """
    return script.name != "fine_tune" and not {"controlnet", "lllite", "lllite_old"} & set(script.methods)


def dataset_files(values: Mapping[str, Any], script: Script) -> dict[str, str]:
    """Return the dataset file for a job's folder: name -> text.

    A dataset file that was named is copied. For folders one is made that names each with its repeats and class;
    everything else (sizes, captions, augmentation) upstream takes from its own options. Metadata files, and what
    a class of one's own gives, need none.

    Raises:
        MikazukiError: what `find_subsets` raises; ``masks-with-regularisation``.
    """
    named = values.get("dataset_config")
    if named:
        path = Path(named)
        return {DATASET_FILE + path.suffix.lower(): _text_of(path)}
    folder = values.get("train_data_dir")
    if not folder or values.get("in_json") or values.get("dataset_class") or not takes_folders(script):
        return {}
    repeats = int(values.get("dataset_repeats") or 1)
    subsets, _ = find_subsets(folder, repeats_default=repeats, is_reg=False)
    if values.get("reg_data_dir"):
        subsets += find_subsets(values["reg_data_dir"], repeats_default=1, is_reg=True)[0]
    return {f"{DATASET_FILE}.toml": dataset_toml(subsets, _masks(values, subsets))}


def dataset_toml(subsets: list[Subset], masks: Path | None = None) -> str:
    """Write subsets as one dataset in upstream's format; ``masks`` is the folder of mask pictures of them all."""
    lines = ["[[datasets]]"]
    for subset in subsets:
        lines += ["", "[[datasets.subsets]]", f"image_dir = {toml_value(str(subset.folder.absolute()))}"]
        lines.append(f"num_repeats = {subset.repeats}")
        if masks:
            # such a subset has neither classes nor regularisation in upstream's format
            lines.append(f"conditioning_data_dir = {toml_value(str(masks.absolute()))}")
        else:
            lines.append(f"class_tokens = {toml_value(subset.class_tokens)}")
            lines += ["is_reg = true"] if subset.is_reg else []
    return "\n".join(lines) + "\n"


def _masks(values: Mapping[str, Any], subsets: list[Subset]) -> Path | None:
    if not (values.get("masked_loss") and values.get("conditioning_data_dir")):
        return None
    if any(subset.is_reg for subset in subsets):
        raise MikazukiError(
            "masks-with-regularisation",
            "sd-scripts takes mask pictures (conditioning_data_dir) and regularisation pictures (reg_data_dir) only "
            "one without the other.",
            "Leave one of them out, or train with the builtin engine, which takes both.",
        )
    return Path(values["conditioning_data_dir"])


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise MikazukiError(
            "dataset-config-not-found", f"dataset_config: there is no file {path}.", "Correct the path."
        ) from error
    except UnicodeDecodeError as error:
        raise MikazukiError(
            "dataset-config-wrong", f"dataset_config: {path} is not UTF-8 text.", "Save it again as UTF-8."
        ) from error
