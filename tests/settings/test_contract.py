"""Holds our options against every option of upstream's two LoRA trainers."""

import json
from pathlib import Path
from typing import Any

import pytest

from mikazuki.cli import check, train
from mikazuki.settings.load import REFUSED
from mikazuki.settings.schema import option_schema
from mikazuki.settings.train import TrainSettings

UPSTREAM: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "contract" / "options_lora.json").read_text(encoding="utf-8")
)
ON_THE_COMMAND_LINE = {"help", "config_file", "output_config"}

OTHER_DEFAULTS = {
    "cache_latents": "encoding once is the faster way, and flips and crops stay possible",
    "caption_extension": "people have .txt files",
    "enable_bucket": "nobody wants his pictures cropped to a square",
    "sdpa": "the fastest kernel that needs nothing",
    "lr_scheduler_type": "not set instead of an empty text",
    "log_with": "curves are there when they are looked for",
    "logging_dir": "likewise",
    "max_data_loader_n_workers": "threads here, processes there",
    "min_snr_gamma": "0 instead of nothing for off",
    "mixed_precision": "auto looks at the card",
    "network_module": "LoRA",
    "noise_offset": "0 instead of nothing for off",
    "output_dir": "a place of its own instead of an error after the training",
    "output_name": "upstream's own name for nothing given",
    "reg_data_dir": "not set",
    "resolution": "a size instead of an error",
    "secondary_separator": "not set",
    "v_parameterization": "read off the weights",
    "save_model_as": "the same",
    "learning_rate": "upstream's 2e-6 is for whole models; its LoRA guides say 1e-4",
    "max_token_length": "75 instead of nothing",
    "network_dim": "4, which is what nothing means there",
    "network_args": "empty",
    "optimizer_args": "empty",
    "base_weights": "empty",
    "base_weights_multiplier": "empty",
    "lr_scheduler_args": "empty",
    "optimizer_type": "AdamW, which is what nothing means there",
    "huggingface_repo_visibility": "private",
}


def test_every_option_is_taken_or_refused_with_a_reason() -> None:
    unknown = set(UPSTREAM) - set(TrainSettings.model_fields) - set(REFUSED) - ON_THE_COMMAND_LINE
    assert unknown == set()
    assert set(REFUSED) <= set(UPSTREAM)
    assert len(REFUSED) < 10


def test_what_stands_on_the_command_line_is_taken_there() -> None:
    import argparse

    parser = argparse.ArgumentParser()
    train.add_arguments(parser)
    parsed = parser.parse_args(["--config_file", "a.toml", "--output_config"])
    assert check.file_of(parsed) == Path("a.toml")


def test_defaults_are_upstreams_but_for_those_that_are_meant() -> None:
    other = set()
    for name in UPSTREAM.keys() & TrainSettings.model_fields.keys():
        field, theirs = TrainSettings.model_fields[name], UPSTREAM[name]["default"]
        if not field.is_required() and field.default != theirs and (field.default or theirs):
            other.add(name)
    assert other - OTHER_DEFAULTS.keys() == set()


@pytest.mark.parametrize("name", sorted(name for name, option in UPSTREAM.items() if option["choices"]))
def test_choices_are_upstreams(name: str) -> None:
    if name in REFUSED:
        return
    ours = set(option_schema(TrainSettings, name).get("enum", []))
    theirs = {choice for choice in UPSTREAM[name]["choices"] if choice is not None}
    assert theirs <= ours
