"""What is written on the way: upstream's names, at upstream's times."""

from pathlib import Path

import pytest
from PIL import Image
from safetensors import safe_open
from safetensors.torch import load_file

from mikazuki.training.checkpoints import due, epoch_suffix, spread, step_suffix
from tests.training import making
from tests.training.conftest import MakeRun, MakeSettings

pytestmark = pytest.mark.tiny


def names(folder: str | Path) -> set[str]:
    return {path.name for path in Path(folder).iterdir()}


def size_of(picture: str) -> tuple[int, int]:
    with Image.open(picture) as opened:
        return opened.size


def test_suffixes_are_upstreams() -> None:
    assert (epoch_suffix(1), step_suffix(4)) == ("-000001", "-step00000004")


def test_due_at_multiples() -> None:
    assert [count for count in range(7) if due(3, count)] == [3, 6]
    assert not due(None, 3)


def test_columns_are_spread_from_first_to_last() -> None:
    assert spread([1, 2, 3], 7) == [1, 2, 3]
    assert spread(list(range(100)), 4) == [0, 33, 66, 99]


def test_epochs_are_saved_but_for_the_last(train_tiny: MakeRun) -> None:
    done = train_tiny(max_train_epochs=3, save_every_n_epochs=1, save_state=True)
    endings = (".safetensors", "-state")
    assert names(done.settings.output_dir) == {
        f"x{mark}{end}" for mark in ("-000001", "-000002", "") for end in endings
    }
    for epoch in (1, 2):
        with safe_open(Path(done.settings.output_dir) / f"x-{epoch:06d}.safetensors", "pt") as file:
            said = file.metadata()
        assert (said["ss_epoch"], said["ss_steps"]) == (str(epoch), str(4 * epoch))
    told = [(event["what"], event["step"], event["epoch"]) for event in done.of("checkpoint")]
    assert told == [(what, 4 * epoch, epoch) for epoch in (1, 2, 3) for what in ("model", "state")]
    assert all(event["bytes"] > 0 for event in done.of("checkpoint"))


def test_every_second_epoch(train_tiny: MakeRun) -> None:
    done = train_tiny(max_train_epochs=5, save_every_n_epochs=2)
    assert names(done.settings.output_dir) == {"x-000002.safetensors", "x-000004.safetensors", "x.safetensors"}


def test_steps_are_saved_but_for_the_last(train_tiny: MakeRun) -> None:
    done = train_tiny(max_train_steps=6, save_every_n_steps=2, output_name="cat [1]", save_state=True)
    steps = ("-step00000002", "-step00000004", "")
    assert names(done.settings.output_dir) == {
        f"cat [1]{mark}{end}" for mark in steps for end in (".safetensors", "-state")
    }
    again = making.run(making.set_anew(done.settings, resume="last"), Path(done.settings.output_dir).parent / "again")
    assert making.same(again.weights(), done.weights())


def test_checkpoints_are_those_of_a_shorter_run(train_tiny: MakeRun) -> None:
    done = train_tiny(at="long", max_train_steps=5, save_every_n_steps=3)
    middle = Path(done.settings.output_dir) / "x-step00000003.safetensors"
    short = train_tiny(at="short", max_train_steps=3)
    assert making.same(short.weights(), load_file(middle))


def test_samples_and_grid(make_settings: MakeSettings, tmp_path: Path) -> None:
    prompts = tmp_path / "prompts.txt"
    prompts.write_text("a cat --s 2 --d 5 --w 80\na dog --s 2\n", encoding="utf-8")
    options = {"sample_at_first": True, "sample_every_n_epochs": 1, "sample_every_n_steps": 3, "max_train_steps": 8}
    done = making.run(make_settings(sample_prompts=str(prompts), **options), tmp_path / "job")
    told = done.of("sample")
    drawn = [(event["step"], event["index"]) for event in told]
    # the epochs end at 4 and 8, the base model is drawn again for the grid
    assert drawn == [(step, index) for step in (0, 3, 4, 6, 8, 0) for index in (0, 1)]
    stems = [Path(event["path"]).name.split("_") for event in told if event["index"] == 0]
    assert [stem[1] for stem in stems] == ["000000", "000003", "e000001", "000006", "e000002", "base"]
    assert {(stem[0], stem[2], stem[-1]) for stem in stems} == {("x", "00", "5.png")}
    assert Path(told[0]["path"]).parent == Path(done.settings.output_dir) / "sample"
    assert size_of(told[0]["path"]) == (80, 64)
    assert [told[0]["seed"], told[1]["seed"]] == [5, None]
    # nothing was learned yet: the base model's picture
    assert Path(told[0]["path"]).read_bytes() == Path(told[-2]["path"]).read_bytes()
    assert Path(told[8]["path"]).read_bytes() != Path(told[-2]["path"]).read_bytes()
    assert done.of("done")[0]["grid"] == str(Path(done.settings.output_dir) / "x-grid.png")
    assert size_of(done.of("done")[0]["grid"])[0] > 4 * 80


def test_without_a_grid_nothing_more_is_drawn(make_settings: MakeSettings, tmp_path: Path) -> None:
    prompts = tmp_path / "prompts.txt"
    prompts.write_text("a cat --s 1\n", encoding="utf-8")
    done = making.run(make_settings(sample_prompts=str(prompts), sample_grid=False), tmp_path / "job")
    assert not done.of("sample")
    assert done.of("done")[0]["grid"] is None
