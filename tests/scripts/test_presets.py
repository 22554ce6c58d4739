"""Each preset is accepted by the definition of what it trains, and says in both languages why it is as it is."""

import json
import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from mikazuki.settings.concepts import Concept
from mikazuki.settings.load import load_toml
from mikazuki.settings.target import parse_for_target, target_of
from mikazuki.settings.train import TrainSettings

ROOT = Path(__file__).resolve().parents[2]
PRESETS = sorted((ROOT / "config" / "presets").glob("*.toml"))
HEAD = re.compile(
    r"# (?P<kind>character|style|concept) \| (?P<family>SD1\.5|SDXL|Flux|Anima) \| (?P<memory>\d+) GB\n"
    r"# Why: (?P<en>[^\n]{40,}\.)\n# \u7406\u7531:(?P<zh>[^\n]{20,}\u3002)\n"
)
MODEL_TYPES = {"SD1.5": "auto", "SDXL": "sdxl", "Flux": "flux", "Anima": "anima"}

every = pytest.mark.parametrize("preset", PRESETS, ids=lambda path: path.stem)


def head(preset: Path) -> re.Match[str]:
    found = HEAD.match(preset.read_text(encoding="utf-8"))
    assert found, f"{preset.name} begins with what it is for, and why in English and Chinese"
    return found


@every
def test_it_is_accepted(preset: Path) -> None:
    values = load_toml(preset)
    target = target_of(values)
    family = MODEL_TYPES[head(preset)["family"]]
    assert target.model_type in {family, "sd1" if family == "auto" else family}
    checked = parse_for_target(values, preset.name)
    assert isinstance(checked, TrainSettings) == target.ours
    if not target.ours:
        assert values["engine"] == "sd-scripts"


@every
def test_it_names_what_a_person_has_to_change(preset: Path) -> None:
    values = load_toml(preset)
    assert values["pretrained_model_name_or_path"].startswith("./sd-models/")
    folders = [values["train_data_dir"]] if "train_data_dir" in values else _folders(values["concepts_list"])
    assert folders
    assert all(folder.startswith("./train/my_") for folder in folders)
    assert {"output_name", "resolution", "learning_rate"} <= values.keys()
    assert {"max_train_epochs", "max_train_steps"} & values.keys()
    assert ("network_dim" in values) == (values.get("method", "lora") in {"lora", "pivotal_tuning"})


def _folders(concepts_list: str) -> list[str]:
    concepts = [Concept.model_validate(values) for values in json.loads(concepts_list)]
    return [concept.instance_data_dir for concept in concepts]


@every
def test_little_memory_is_heeded(preset: Path) -> None:
    values, memory = load_toml(preset), int(head(preset)["memory"])
    if memory <= 12:
        assert values["train_batch_size"] * int(str(values["resolution"]).split(",")[0]) <= 4 * 512
    if memory <= 12 and head(preset)["family"] != "SD1.5":
        assert values["gradient_checkpointing"]
        if values.get("method") == "fine_tune":
            # eight bits a moment would still be two bytes for each of 2.6e9 weights
            assert values["optimizer_type"] == "Adafactor"
            assert values["fused_backward_pass"]
            assert values["full_bf16"]
        else:
            assert values["optimizer_type"] == "AdamW8bit"


def test_every_kind_is_there_for_every_family() -> None:
    heads = [head(preset) for preset in PRESETS]
    assert len(PRESETS) >= 12
    kinds = Counter((found["kind"], found["family"]) for found in heads)
    assert all(kinds[kind, family] for kind in ("character", "style", "concept") for family in MODEL_TYPES)
    assert {"8", "12", "24"} <= {found["memory"] for found in heads}
    for language in ("en", "zh"):
        assert len({found[language] for found in heads}) == len(heads), "each has its own reason"


def test_a_wrong_name_in_a_preset_would_be_seen() -> None:
    from mikazuki.errors import MikazukiError

    flux = next(preset for preset in PRESETS if preset.stem == "flux-style")
    text = flux.read_text(encoding="utf-8").replace("guidance_scale", "guidance_scaled")
    with pytest.raises(MikazukiError, match="did you mean guidance_scale"):
        parse_for_target(tomllib.loads(text), "flux")


@pytest.mark.parametrize("page", ["docs/old-files.md", "docs/zh-CN/old-files.md"])
def test_the_table_of_presets_has_each_in_its_place(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| (SD1\.5|SDXL|Flux|Anima) \|(.*)\|$", text, re.MULTILINE))
    for preset in PRESETS:
        cells = rows[head(preset)["family"]].split("|")
        memory = int(head(preset)["memory"])
        column = next(number for number, limit in enumerate((8, 12, 24)) if memory <= limit)
        assert f"`{preset.stem}`" in cells[column]
