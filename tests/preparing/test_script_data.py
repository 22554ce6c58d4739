"""What of a script's training can be counted before it starts."""

from pathlib import Path
from typing import Any

import pytest

from mikazuki.engines.sd_scripts_run import Run
from mikazuki.errors import MikazukiError
from mikazuki.preparing.script_data import Length, check_begin, disk_of, length_of, plan_of
from mikazuki.preparing.upstream import check_sizes
from mikazuki.settings.upstream.launch import LaunchSettings
from mikazuki.settings.upstream.scripts import SCRIPTS
from tests.cli import world


def run(root: Path, script: str = "flux_train_network", processes: int = 1, **changes: Any) -> Run:
    world.pictures(root / "train" / "2_cat", 5)
    values = {
        "pretrained_model_name_or_path": str(root / "flux.safetensors"),
        "train_data_dir": str(root / "train"),
        "caption_extension": ".txt",
        "resolution": "64,96",
        **changes,
    }
    given = {name: value for name, value in values.items() if value is not None}
    return Run(SCRIPTS[script], given, LaunchSettings(num_processes=processes))


@pytest.mark.parametrize(
    ("changes", "processes", "length"),
    [
        ({"max_train_steps": 25}, 1, Length(25, 3, 10)),
        ({"max_train_epochs": 3}, 1, Length(30, 3, 10)),
        ({"max_train_epochs": 3, "train_batch_size": 4}, 1, Length(9, 3, 3)),
        ({"max_train_epochs": 3, "gradient_accumulation_steps": 4}, 1, Length(9, 3, 3)),
        ({"max_train_epochs": 3, "gradient_accumulation_steps": 2}, 2, Length(9, 3, 3)),
    ],
)
def test_steps_are_counted_as_upstream_counts_them(
    changes: dict[str, Any], processes: int, length: Length, root: Path
) -> None:
    one = run(root, processes=processes, **changes)
    plan = plan_of(one)
    assert plan
    assert (len(plan.entries), plan.num_train_images) == (5, 10)
    assert length_of(one, plan) == length


@pytest.mark.parametrize(
    ("script", "changes"),
    [
        ("fine_tune", {"in_json": "a.json"}),
        ("sdxl_train", {"in_json": "a.json"}),
        ("train_control_net", {}),
        ("flux_train_network", {"dataset_class": "mine.Data"}),
        ("flux_train_network", {"train_data_dir": None}),
    ],
)
def test_what_only_the_script_reads_is_not_counted(script: str, changes: dict[str, Any], root: Path) -> None:
    one = run(root, script, **changes)
    assert plan_of(one) is None
    assert length_of(run(root, script, max_train_epochs=3), None) == Length(None, 3)
    assert length_of(run(root, script, max_train_steps=7), None) == Length(7, None)


def test_buckets_and_captions_are_those_of_the_options(root: Path) -> None:
    plan = plan_of(run(root, enable_bucket=True, resolution="128,128", min_bucket_reso=64, max_bucket_reso=256))
    assert plan
    assert all(side % 64 == 0 for entry in plan.entries for side in entry.bucket), "as Flux' LoRA script has it"
    assert {entry.caption for entry in plan.entries} == {"sks cat, on grass"}


def test_a_broken_picture_is_found_before_the_model_is_loaded(root: Path) -> None:
    one = run(root)
    picture = root / "train" / "2_cat" / "3.png"
    picture.write_bytes(picture.read_bytes()[:60])
    with pytest.raises(MikazukiError, match=r"3\.png"):
        plan_of(one)


def test_pictures_of_another_size_need_buckets_or_a_cache(root: Path) -> None:
    plan = plan_of(run(root, resolution="64,64"))
    assert plan
    with pytest.raises(MikazukiError, match="does not fit") as caught:
        check_sizes(plan, cached=False)
    assert caught.value.code == "picture-size"
    check_sizes(plan, cached=True)
    for fitting in ({"resolution": "64,96"}, {"resolution": "64,64", "random_crop": True}):
        found = plan_of(run(root, **fitting))
        assert found
        check_sizes(found, cached=False)
    larger = plan_of(run(root, resolution="128,128", random_crop=True))
    assert larger
    with pytest.raises(MikazukiError, match="does not fit"):
        check_sizes(larger, cached=False)


@pytest.mark.parametrize(
    ("changes", "length"),
    [
        ({"initial_step": 9}, Length(9, 3, 3)),
        ({"initial_epoch": 4}, Length(9, 3, 3)),
        ({"initial_epoch": 4}, Length(None, 3)),
    ],
)
def test_a_beginning_behind_the_end_is_refused(changes: dict[str, Any], length: Length, root: Path) -> None:
    with pytest.raises(MikazukiError, match="leaves nothing") as caught:
        check_begin(run(root, **changes), length)
    assert caught.value.code == "nothing-left"
    check_begin(run(root, **{name: value - 1 for name, value in changes.items()}), length)


def test_files_of_a_whole_model_are_as_large_as_the_model_and_others_are_not_guessed(root: Path) -> None:
    model = str(world.safetensors(root / "flux.safetensors", {"double_blocks.0.weight": (10, 30), "x": (100,)}))
    whole: dict[str, Any] = {"pretrained_model_name_or_path": model}
    every = {"save_every_n_epochs": 1}
    assert disk_of(run(root, "flux_train", **whole), Length(9, 3, 3)) == 400 * 4
    assert disk_of(run(root, "flux_train", **whole, **every, save_precision="bf16"), Length(9, 3, 3)) == 400 * 2 * 3
    assert disk_of(run(root, "flux_train", **whole), Length(None, 3)) is None
    assert disk_of(run(root, **whole), Length(9, 3, 3)) is None
    assert disk_of(run(root, "flux_train", pretrained_model_name_or_path="hub/model"), Length(9, 3, 3)) is None
