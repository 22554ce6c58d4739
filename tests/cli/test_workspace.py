"""The commands `workspace` and `build`: from a base model to a checkpoint of what it was taught."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mikazuki.bin import BIN_FOLDER, Bin
from mikazuki.cli import build, workspace
from mikazuki.cli.main import main
from mikazuki.cli.tool import Ending
from mikazuki.errors import EXIT_DONE, EXIT_WRONG_REQUEST, MikazukiError
from mikazuki.events import EventWriter
from mikazuki.jobs.queue import Queue
from mikazuki.paths import Paths
from mikazuki.preparing.workspace_files import Workspaces
from mikazuki.settings.build_checkpoint import BuildSettings
from mikazuki.settings.load import load_toml
from mikazuki.tools.build_checkpoint import build as build_here
from tests.models import tiny
from tests.training import making

SMALL = "resolution = 64\nmin_bucket_reso = 32\nmax_bucket_reso = 128\nbucket_reso_steps = 16\n"
Run = Callable[..., Any]


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    found = Paths(tmp_path)
    monkeypatch.setattr(workspace, "repository", lambda: found)

    def in_this_process(_program: str, settings: BuildSettings, *, quiet: bool) -> Ending:
        assert isinstance(quiet, bool)
        return Ending({"kind": "done", **build_here(settings, EventWriter(None))}, ())

    monkeypatch.setattr(build, "run_tool", in_this_process)
    return found


@pytest.fixture
def run(paths: Paths, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run an action and return what it printed, JSON read."""
    assert paths

    def call(*words: str) -> Any:
        parser = argparse.ArgumentParser()
        workspace.add_arguments(parser)
        assert workspace.run(parser.parse_args(words)) == EXIT_DONE
        text = capsys.readouterr().out
        return json.loads(text) if "--json" in words else text

    return call


def test_from_a_base_model_to_the_queue(run: Run, paths: Paths, tmp_path: Path) -> None:
    model = tiny.make("sd1", tmp_path)
    assert "There is no workspace" in run("list")
    assert run("create", "cat", str(model), "--json")["family"] == "sd1"
    assert run("create", "dog", str(model)).startswith("dog is made")
    run("load", "cat", str(tmp_path / "cat.toml"))
    with pytest.raises(MikazukiError, match="is there already"):
        run("load", "cat", str(tmp_path / "cat.toml"))
    pictures = making.draw_dataset(tmp_path / "pictures")
    text = (tmp_path / "cat.toml").read_text(encoding="utf-8").replace("resolution", "# resolution")
    own = f"train_data_dir = {json.dumps(str(pictures))}\nlogging_dir = {json.dumps(str(paths.logs))}\n{SMALL}"
    (tmp_path / "cat.toml").write_text(f"{own}{text}", encoding="utf-8")
    run("save", "cat", str(tmp_path / "cat.toml"))
    with pytest.raises(MikazukiError) as caught:
        run("save", "dog", str(tmp_path / "cat.toml"))
    assert caught.value.code == "params-conflict"
    run("save", "dog", str(tmp_path / "cat.toml"), "--yes")
    assert 'output_name = "cat"' in run("load", "dog", "--into", "cat")
    told = run("train", "cat", "--epochs", "2", "--hold", "--json")
    job = Queue(paths.jobs).find(told["id"])
    assert load_toml(job.config)["max_train_epochs"] == 2
    (past,) = run("history", "cat", "--json")
    assert (past["job"], past["epoch"], past["changes"]) == (job.id, 0, [])
    assert job.id in run("history", "cat")
    assert [row["name"] for row in run("list", "--json")] == ["cat", "dog"]
    item = run("delete", "dog").split("restore ")[1].strip()
    assert item
    assert [one.name for one in Workspaces(paths.workspaces).all()] == ["cat"]
    assert run("load", "cat", str(tmp_path / "two.toml"), "--json") == {"path": str(tmp_path / "two.toml")}
    assert load_toml(tmp_path / "two.toml")["output_name"] == "cat"
    told = run("save", "cat", str(tmp_path / "two.toml"), "--json")
    assert told == {"path": str(paths.workspaces / "cat" / "params.toml"), "notes": []}


def test_a_workspace_that_goes_is_named_for_programs(run: Run, paths: Paths, tmp_path: Path) -> None:
    run("create", "dog", str(tiny.make("sd1", tmp_path)))
    item = run("delete", "dog", "--json")["id"]
    Bin(paths.logs / BIN_FOLDER).restore(item)
    assert [one.name for one in Workspaces(paths.workspaces).all()] == ["dog"]


@pytest.mark.parametrize("name", ["cats", "me/her/cats", "../cats"])
def test_what_no_repository_is_called_is_refused(run: Run, name: str) -> None:
    with pytest.raises(MikazukiError, match="owner/name"):
        run("fetch", name)


def test_settings_in_another_encoding_are_refused(run: Run, tmp_path: Path) -> None:
    run("create", "cat", str(tiny.make("sd1", tmp_path)))
    (tmp_path / "cat.toml").write_bytes('output_name = "\u4e09"'.encode("gbk"))
    with pytest.raises(MikazukiError, match="not UTF-8"):
        run("save", "cat", str(tmp_path / "cat.toml"))


def test_settings_of_the_extension_are_kept(run: Run, paths: Paths, tmp_path: Path) -> None:
    run("create", "cat", str(tiny.make("sd1", tmp_path)))
    old = {"num_train_epochs": 9, "concepts_list": [{"instance_data_dir": "p"}], "tomesd": 1}
    (tmp_path / "db_config.json").write_text(json.dumps(old), encoding="utf-8")
    with pytest.raises(MikazukiError, match="came from elsewhere"):
        run("save", "cat", str(tmp_path / "db_config.json"))
    assert "note: tomesd" in run("save", "cat", str(tmp_path / "db_config.json"), "--yes")
    assert load_toml(paths.workspaces / "cat" / "params.toml")["max_train_epochs"] == 9


@pytest.mark.tiny
def test_a_checkpoint_of_a_snapshot(run: Run, paths: Paths, tmp_path: Path) -> None:
    model = tiny.make("sd1", tmp_path)
    run("create", "cat", str(model))
    with pytest.raises(MikazukiError, match="has no snapshot"):
        run("build", "cat")
    own = {"output_dir": str(paths.workspaces / "cat"), "output_name": "cat", "save_state": True}
    pictures = making.draw_dataset(tmp_path / "pictures")
    more = {"method": "dreambooth", "learning_rate": 1e-3, "ema_decay": 0.5, **own}
    making.run(making.settings_for(model, pictures, tmp_path, **more), tmp_path / "job")
    shown = run("show", "cat", "--json")
    assert [(one["name"], one["has_ema"], one["images"]) for one in shown["snapshots"]] == [("cat-state", True, 3)]
    assert shown["images"] == 3
    assert "snapshot" in run("show", "cat")
    told = run("build", "cat", "--ema", "--half", "--save_in_subfolder", "--json")
    assert told["files"] == [str(paths.output / "cat" / "cat_3_ema.safetensors")]
    assert (paths.output / "cat" / "cat_3_ema.safetensors").stat().st_size == told["bytes"]


@pytest.mark.tiny
def test_build_takes_flags_and_a_file(paths: Paths, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert paths
    model = tiny.make("sd1", tmp_path)
    pictures = making.draw_dataset(tmp_path / "pictures")
    done = making.run(making.settings_for(model, pictures, tmp_path), tmp_path / "job")
    (tmp_path / "build.toml").write_text(
        f"output_dir = {json.dumps(str(tmp_path))}\nlora_weight = 0.5\n", encoding="utf-8"
    )
    flags = [str(tmp_path / "build.toml"), "--pretrained_model_name_or_path", str(model), "--lora", str(done.file)]
    assert main(["build", *flags, "--half"]) == EXIT_DONE
    assert "x_lora.safetensors is written" in capsys.readouterr().out
    assert main(["build", *flags]) == EXIT_WRONG_REQUEST
    assert "is there already" in capsys.readouterr().err.replace("\n", " ")
