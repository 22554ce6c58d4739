"""What is written on the way: upstream's names, at upstream's times."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from PIL import Image
from safetensors import safe_open
from safetensors.torch import load_file
from torch import Tensor

from mikazuki.events import EventWriter
from mikazuki.training.checkpoints import Checkpoints, due, epoch_suffix, spread, step_suffix
from mikazuki.training.ema import Ema
from mikazuki.training.hub import Hub
from mikazuki.training.state import Place, load_state
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


def test_a_resumed_run_goes_on_removing(train_tiny: MakeRun, tmp_path: Path) -> None:
    options = {"save_every_n_steps": 2, "save_state": True}
    first = train_tiny(max_train_steps=3, **options)
    state = str(Path(first.settings.output_dir) / "x-step00000002-state")
    more = {"max_train_steps": 7, "save_last_n_steps": 1, "resume": state}
    again = making.run(making.set_anew(first.settings, **more), tmp_path / "again")
    assert names(again.settings.output_dir) == {
        "x-step00000006.safetensors", "x-step00000006-state", "x.safetensors", "x-state",
    }  # fmt: skip


@pytest.fixture
def keeper(make_settings: MakeSettings, tmp_path: Path) -> Checkpoints:
    """Return what keeps the files of a training that has not begun; its weights are all set to 1."""
    made = making.prepared(make_settings(save_last_n_steps=1, save_every_n_steps=1), tmp_path / "job").keeper
    assert isinstance(made, Checkpoints)
    for parameter in parameters(made):
        parameter.data.fill_(1.0)
    return made


def parameters(keeper: Checkpoints) -> list[Tensor]:
    return [parameter for group in keeper.optimizer.param_groups for parameter in group["params"]]


def saving(keeper: Checkpoints, epochs: int, **options: Any) -> Checkpoints:
    """Return the same for a run of so many epochs of 4 steps, saved as the options say."""
    plan = replace(keeper.plan, max_train_epochs=epochs, max_train_steps=4 * epochs)
    return replace(keeper, plan=plan, settings=making.set_anew(keeper.settings, **options))


def test_only_the_last_files_stay(keeper: Checkpoints, tmp_path: Path) -> None:
    keep = {"save_last_n_epochs": 1, "save_last_n_epochs_state": 2}
    made = saving(keeper, 4, save_every_n_epochs=1, save_state=True, **keep)
    made.report.events = EventWriter(tmp_path / "events.jsonl")
    for epoch in (1, 2, 3, 4):
        made.after_epoch(Place(4 * epoch, epoch, 0))
    made.save_last(Place(16, 4, 0))
    assert names(made.settings.output_dir) == {
        "x-000003.safetensors", "x-000002-state", "x-000003-state", "x.safetensors", "x-state",
    }  # fmt: skip
    events = making.read_events(tmp_path)
    told = [(event["what"], Path(event["path"]).name) for event in events]
    assert [name for what, name in told if what == "removed"] == [
        "x-000001.safetensors", "x-000002.safetensors", "x-000001-state",
    ]  # fmt: skip
    # what is newer is safe before the older one goes
    assert told.index(("removed", "x-000001.safetensors")) > told.index(("state", "x-000002-state"))
    assert all(event["bytes"] > 0 for event in events)
    written = load_state(made.path("-000003", "-state"), made.settings).written
    assert [(kind, number) for kind, number, _ in written] == [
        ("epoch-state", 1), ("epoch", 2), ("epoch-state", 2), ("epoch", 3), ("epoch-state", 3),
    ]  # fmt: skip


def test_a_ratio_beats_the_epochs(keeper: Checkpoints) -> None:
    made = saving(keeper, 9, save_n_epoch_ratio=4, save_every_n_epochs=1)
    for epoch in range(1, 10):
        made.after_epoch(Place(4 * epoch, epoch, 0))
    assert names(made.settings.output_dir) == {f"x-{epoch:06d}.safetensors" for epoch in (2, 4, 6, 8)}


def values(weights: Mapping[str, Tensor]) -> set[float]:
    return {float(value) for name, tensor in weights.items() if "alpha" not in name for value in tensor.flatten()}


def test_files_are_written_under_the_views_and_states_outside(keeper: Checkpoints) -> None:
    @contextmanager
    def view() -> Iterator[None]:
        for parameter in parameters(keeper):
            parameter.data.mul_(2)
        yield
        for parameter in parameters(keeper):
            parameter.data.div_(2)

    keeper.views = (view, view)
    assert values(load_file(keeper.save_model(Place(), ""))) == {4.0}
    assert values(load_file(keeper.save_state(Place(), "") / "model.safetensors")) == {1.0}


def test_the_running_mean_is_what_is_saved(keeper: Checkpoints) -> None:
    keeper.ema = Ema(parameters(keeper), 0.999)
    for parameter in parameters(keeper):
        parameter.data.fill_(3.0)
    assert values(load_file(keeper.save_model(Place(), ""))) == {1.0}
    folder = keeper.save_state(Place(), "")
    assert values(load_file(folder / "model.safetensors")) == {3.0}
    assert load_state(folder, keeper.settings).ema["updates"] == 0


def test_the_state_at_the_end(keeper: Checkpoints) -> None:
    output = keeper.settings.output_dir
    keeper.save_last(Place(3, 1, 0))
    assert names(output) == {"x.safetensors"}
    keeper.settings = making.set_anew(keeper.settings, save_state_on_train_end=True)
    keeper.save_last(Place(3, 1, 0))
    assert names(output) == {"x.safetensors", "x-state"}


class Notes:
    """A hub that writes down what it is asked to do."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def upload(self, path: Path) -> None:
        assert path.exists()
        self.asked.append(("upload", path.name))

    def settle(self, path: Path) -> None:
        assert path.exists()
        self.asked.append(("settle", path.name))


@pytest.mark.parametrize("states", [False, True])
def test_what_is_saved_is_uploaded_before_it_is_removed(keeper: Checkpoints, *, states: bool) -> None:
    hub = Notes()
    keeper.hub = cast("Hub", hub)
    options = {"save_state": True, "huggingface_repo_id": "me/cats", "save_state_to_huggingface": states}
    keeper.settings = making.set_anew(keeper.settings, **options)
    for step in (1, 2):
        keeper.after_step(Place(step, 0, step))
    asked = [
        ("upload", "x-step00000001.safetensors"), ("upload", "x-step00000001-state"),
        ("upload", "x-step00000002.safetensors"), ("upload", "x-step00000002-state"),
    ]  # fmt: skip
    assert hub.asked == [one for one in asked if states or not one[1].endswith("-state")]
    keeper.after_step(Place(3, 0, 3))
    keeper.save_last(Place(3, 0, 3))
    assert ("upload", "x.safetensors") in hub.asked


def test_a_file_is_settled_before_it_goes(keeper: Checkpoints) -> None:
    hub = Notes()
    keeper.hub = cast("Hub", hub)
    keeper.plan = replace(keeper.plan, max_train_steps=9)
    for step in (1, 2, 3):
        keeper.after_step(Place(step, 0, step))
    assert [name for what, name in hub.asked if what == "settle"] == ["x-step00000001.safetensors"]
    assert not keeper.path(step_suffix(1)).exists()
    assert keeper.path(step_suffix(2)).exists()


def test_what_cannot_be_removed_ends_no_training(
    keeper: Checkpoints, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> int:
        raise PermissionError(str(path))

    monkeypatch.setattr("mikazuki.training.checkpoints.remove", refuse)
    keeper.report.events = EventWriter(tmp_path / "events.jsonl")
    keeper.plan = replace(keeper.plan, max_train_steps=9)
    for step in (1, 2, 3):
        keeper.after_step(Place(step, 0, step))
    assert [event["code"] for event in making.read_events(tmp_path) if event["kind"] == "warning"] == ["not-removed"]


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
    assert [stem[1] for stem in stems] == ["e000000", "000003", "e000001", "000006", "e000002", "base"]
    assert {(stem[0], stem[2], stem[-1]) for stem in stems} == {("x", "00", "5.png")}
    assert Path(told[0]["path"]).parent == Path(done.settings.output_dir) / "sample"
    assert size_of(told[0]["path"]) == (80, 64)
    assert [told[0]["seed"], told[1]["seed"]] == [5, None]
    # nothing was learned yet: the base model's picture
    assert Path(told[0]["path"]).read_bytes() == Path(told[-2]["path"]).read_bytes()
    assert Path(told[8]["path"]).read_bytes() != Path(told[-2]["path"]).read_bytes()
    assert done.of("done")[0]["grid"] == str(Path(done.settings.output_dir) / "x-grid.png")
    assert size_of(done.of("done")[0]["grid"])[0] > 4 * 80


def test_the_sanity_prompt_is_drawn_beside_the_others(make_settings: MakeSettings, tmp_path: Path) -> None:
    prompts = tmp_path / "prompts.txt"
    prompts.write_text("a cat --s 2\n", encoding="utf-8")
    options = {"sanity_prompt": "a house", "sanity_seed": 9, "sample_at_first": True, "max_train_steps": 2}
    done = making.run(make_settings(sample_prompts=str(prompts), **options), tmp_path / "job")
    told = done.of("sample")
    found = [(event["step"], event["prompt"], event["seed"], event["sanity"]) for event in told]
    both = ("a cat", None, False), ("a house", 9, True)
    assert found == [(step, *one) for step in (0, 2, 0) for one in both]
    assert ["_01_sanity_" in event["path"] for event in told] == [False, True] * 3
    assert Path(told[1]["path"]).name.endswith("_9.png")
    # the same noise every time: only what was learned changes it
    first, learned, base = (Path(event["path"]).read_bytes() for event in told[1::2])
    assert first == base != learned
    with_it = size_of(done.of("done")[0]["grid"])
    alone = making.run(make_settings(at="alone", **options), tmp_path / "second")
    assert [event["sanity"] for event in alone.of("sample")] == [True] * 3
    assert size_of(alone.of("done")[0]["grid"])[1] < with_it[1]


def test_without_a_grid_nothing_more_is_drawn(make_settings: MakeSettings, tmp_path: Path) -> None:
    prompts = tmp_path / "prompts.txt"
    prompts.write_text("a cat --s 1\n", encoding="utf-8")
    done = making.run(make_settings(sample_prompts=str(prompts), sample_grid=False), tmp_path / "job")
    assert not done.of("sample")
    assert done.of("done")[0]["grid"] is None
