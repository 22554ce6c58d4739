"""Values of the form: checked without a failure, started in mind only, compared, kept within folders."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from mikazuki.errors import MikazukiError, MikazukiErrors
from mikazuki.preparing.configs import CAPTIONS_SHOWN, check, command_of, differences, outside, start_of
from mikazuki.settings.load import load_toml
from tests.cli import world
from tests.engines import stand_in_upstream


@pytest.fixture
def values(root: Path) -> dict[str, Any]:
    return load_toml(world.make(root))


def test_what_nothing_stops_is_told_whole(values: dict[str, Any], root: Path) -> None:
    before = world.everything_in(root)
    found = check(values)
    assert found["ok"]
    assert found["problems"] == []
    assert found["model"]["family"] == "sd1"
    assert found["totals"]["max_train_steps"] == 24
    assert [(row["pictures"], row["repeats"]) for row in found["subsets"]] == [(6, 2)]
    assert found["captions"][0]["caption"] == "sks cat, on grass"
    assert any("24 steps" in line for line in found["lines"])
    assert world.everything_in(root) == before


def test_every_wrong_value_is_a_problem_of_its_own(values: dict[str, Any]) -> None:
    found = check(values | {"network_dim": 0, "learning_rate": "fast", "frob": 1, "vae": None})
    assert not found["ok"]
    named = {problem["message"].split()[0] for problem in found["problems"]}
    assert named == {"network_dim", "learning_rate", "frob"}
    assert len(found["problems"]) == 3


def test_an_empty_form_is_answered_too() -> None:
    found = check({})
    assert not found["ok"]
    assert {problem["code"] for problem in found["problems"]} == {"settings-wrong"}
    assert check({"method": "dance", "model_type": "sd9"})["problems"]


def test_what_the_world_lacks_is_a_problem(values: dict[str, Any], root: Path) -> None:
    found = check(values | {"train_data_dir": str(root / "gone"), "pretrained_model_name_or_path": "gone.safetensors"})
    assert {problem["code"] for problem in found["problems"]} == {"dataset-not-found", "model-not-found"}


def test_captions_are_shown_up_to_a_hundred(values: dict[str, Any], root: Path) -> None:
    world.pictures(root / "many", CAPTIONS_SHOWN + 5)
    found = check(values | {"train_data_dir": str(root / "many")})
    assert found["totals"]["num_train_images"] == CAPTIONS_SHOWN + 5
    assert len(found["captions"]) == CAPTIONS_SHOWN


def test_sentences_of_a_template_are_shown_as_one(values: dict[str, Any]) -> None:
    own = {"method": "textual_inversion", "token_string": "<new>", "init_word": "cat", "use_object_template": True}
    beside = ("network_dim", "network_alpha", "network_module")
    found = check({name: value for name, value in values.items() if name not in beside} | own)
    assert found["problems"] == []
    caption = found["captions"][0]["caption"]
    assert "<new> … (1/" in caption
    assert caption.count("<new>") == 1


def test_a_training_of_upstream_is_checked_by_its_own_definition(
    values: dict[str, Any], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MIKAZUKI_SD_SCRIPTS", str(stand_in_upstream.checkout(root / "up")))
    wanted = values | {"method": "full", "model_type": "sd1", "enable_bucket": False, "frob": 2}
    assert any("frob" in problem["message"] for problem in check(wanted)["problems"])
    del wanted["frob"]
    found = check(wanted)
    assert found["engine"] == "sd-scripts"
    assert found["totals"]["num_train_images"] == 12
    assert any("train_db.py" in line for line in found["lines"])


def test_a_check_hands_no_secret_on(values: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WANDB_API_KEY", raising=False)
    wanted = values | {"wandb_api_key": "hush", "method": "full", "model_type": "sd1"}
    assert "hush" not in str(check(wanted))
    assert "WANDB_API_KEY" not in os.environ


def test_the_command_is_shown_and_nothing_is_made(values: dict[str, Any], root: Path) -> None:
    before = world.everything_in(root)
    launch, shell, files = command_of(values)
    assert launch.argv[1:3] == ("-m", "accelerate.commands.launch")
    assert "mikazuki.training" in shell
    assert "network_dim" in files["config.toml"]
    assert world.everything_in(root) == before


def test_what_cannot_start_has_no_command(values: dict[str, Any]) -> None:
    with pytest.raises(MikazukiErrors) as found:
        start_of(values | {"train_data_dir": "gone", "pretrained_model_name_or_path": "gone"})
    assert len(found.value.errors) == 2


def test_two_settings_are_compared_with_defaults_filled_in() -> None:
    left = {"network_dim": 4, "seed": 1, "resolution": "512"}
    right = {"network_dim": 8, "resolution": "512,512", "flip_aug": False}
    assert differences(left, right) == [("network_dim", 4, 8), ("seed", 1, None)]
    assert differences({}, {"model_type": "sdxl"}) == [("model_type", None, "sdxl")]
    assert differences({"wandb_api_key": "a"}, {}) == [("wandb_api_key", "***", None)]


def test_paths_must_lie_where_they_may(root: Path) -> None:
    inside = root / "in"
    inside.mkdir()
    other = world.pictures(root / "other")

    def allowed(path: str) -> Path:
        if not Path(path).resolve().is_relative_to(inside):
            raise MikazukiError("outside-roots", f"{path} lies outside.")
        return Path(path)

    values = {
        "train_data_dir": str(other),
        "output_dir": str(root / "new"),
        "logging_dir": str(inside / "logs"),
        "pretrained_model_name_or_path": "name/of-a-hub",
        "base_weights": [str(other / "0.png"), "gone"],
        "metadata_thumbnail": "data:image/png;base64," + "A" * 5000,
        "seed": 3,
    }
    found = outside(values, allowed)
    assert [error.message.split(":")[0] for error in found] == ["train_data_dir", "output_dir", "base_weights"]
    assert {error.code for error in found} == {"outside-roots"}


def test_paths_inside_files_must_lie_there_as_well(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = root / "in"
    inside.mkdir()
    other = world.pictures(root / "other")

    def allowed(path: str) -> Path:
        if not Path(path).resolve().is_relative_to(inside):
            raise MikazukiError("outside-roots", f"{path} lies outside.")
        return Path(path)

    def refused(**values: str) -> list[str]:
        return [error.message.split(":")[0] for error in outside(values, allowed)]

    datasets, concepts, broken = inside / "data.toml", inside / "concepts.json", inside / "broken.toml"
    datasets.write_text(f"[[datasets]]\n[[datasets.subsets]]\nimage_dir = {str(other)!r}\n", encoding="utf-8")
    concepts.write_text('[{"instance_data_dir": "../other", "class_data_dir": "class"}]', encoding="utf-8")
    broken.write_text("[[datasets", encoding="utf-8")
    assert refused(dataset_config=str(datasets)) == ["dataset_config, image_dir"]
    assert refused(concepts_list=str(concepts)) == ["concepts_list, instance_data_dir"]
    assert refused(concepts_list=f'[{{"instance_data_dir": {json.dumps(str(other))}}}]') == [
        "concepts_list, instance_data_dir"
    ]
    assert refused(concepts_list=str(other / "0.png")) == ["concepts_list"]
    # by any name, as the training reads it; and where class pictures would be drawn, though nothing is there yet
    odd = inside / "[a]"
    odd.mkdir()
    (odd / "concepts.txt").write_text(json.dumps([{"class_data_dir": str(other / "new")}]), encoding="utf-8")
    assert refused(concepts_list=str(odd / "concepts.txt")) == ["concepts_list, class_data_dir"]
    (odd / "data.toml").write_bytes(datasets.read_bytes())
    monkeypatch.chdir(inside)
    assert refused(dataset_config="[a]/data.toml") == ["dataset_config, image_dir"]
    assert refused(dataset_config=str(broken), concepts_list="[{") == []


@pytest.mark.parametrize("path", ["a\0b", "e" * 300])
@pytest.mark.parametrize("name", ["train_data_dir", "output_dir", "sample_prompts", "output_name"])
def test_what_no_system_takes_for_a_path_is_a_problem(values: dict[str, Any], name: str, path: str) -> None:
    (problem,) = check(values | {name: path})["problems"]
    assert problem["code"] == "path-wrong"
    assert problem["message"].startswith(name)


@pytest.mark.parametrize("path", ["a\0b", "e" * 300])
@pytest.mark.parametrize("inline", [True, False])
def test_what_no_system_takes_for_a_folder_of_a_concept_is_a_problem(
    root: Path,
    values: dict[str, Any],
    path: str,
    inline: bool,  # noqa: FBT001
) -> None:
    text = json.dumps([{"instance_data_dir": path}])
    (root / "concepts.json").write_text(text, encoding="utf-8")
    listed = text if inline else str(root / "concepts.json")
    plain = {name: value for name, value in values.items() if name != "train_data_dir"}
    (problem,) = check(plain | {"concepts_list": listed})["problems"]
    assert (problem["code"], problem["message"].split(":")[0]) == ("path-wrong", "concepts_list, instance_data_dir")
