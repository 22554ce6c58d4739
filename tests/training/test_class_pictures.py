"""Class pictures: only what is missing is drawn, whole or not at all, and a stopped drawing goes on as if unbroken."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from mikazuki.cli import main as cli
from mikazuki.data.class_pictures import ClassOrder
from mikazuki.errors import EXIT_FAILED, MikazukiError
from mikazuki.events import STOP_FILE, EventWriter
from mikazuki.models.families import FamilyName
from mikazuki.settings.load import dump_toml
from mikazuki.settings.train import TrainSettings
from mikazuki.tools.class_pictures import draw
from mikazuki.training import class_pictures
from mikazuki.training.class_pictures import batches, seed_of, wanted_pictures
from mikazuki.training.sampling import Artist
from tests.training import making
from tests.training.conftest import GetModel

pytestmark = pytest.mark.tiny

MakeConcepts = Callable[..., TrainSettings]
Patch = pytest.MonkeyPatch
ORDER = ClassOrder(0, Path("nowhere"), "a thing", "", (64, 64), 3, 4, 7.5, None)


@pytest.fixture
def settings(tiny_model: GetModel, dataset: Path, tmp_path: Path) -> MakeConcepts:
    """Return settings of one concept with a class picture for each of its four pictures, two to a batch."""

    def make(family: FamilyName = "sd1", class_dir: Path = tmp_path / "class", **more: Any) -> TrainSettings:
        concept = {
            "instance_data_dir": str(dataset),
            "class_data_dir": str(class_dir),
            "instance_token": "sks",
            "class_token": "thing",
            "num_class_images_per": 1,
            "class_negative_prompt": "ugly",
            "class_infer_steps": 2,
            "n_save_sample": 0,
        }
        options = {"concepts_list": json.dumps([concept]), "class_batch_size": 2, "max_train_steps": 1}
        more = {"train_data_dir": None, "sample_grid": False, **options, **more}
        return making.settings_for(tiny_model(family), dataset, tmp_path, **more)

    return make


@pytest.fixture
def drawn_sizes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count the pictures of every batch that is drawn."""
    sizes: list[int] = []
    real = Artist.draw_together

    def counting(artist: Artist, prompts: Any) -> Any:
        sizes.append(len(prompts))
        return real(artist, prompts)

    monkeypatch.setattr(Artist, "draw_together", counting)
    return sizes


def stop_after(job: Path, monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    """Let a person ask for an end when so many pictures are there."""
    real, kept = class_pictures.keep, []

    def keep(*arguments: Any) -> Path:
        kept.append(real(*arguments))
        if len(kept) == count:
            (job / STOP_FILE).touch()
        return kept[-1]

    monkeypatch.setattr(class_pictures, "keep", keep)


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_training_draws_what_is_missing_first(settings: MakeConcepts, tmp_path: Path, drawn_sizes: list[int]) -> None:
    done = making.run(settings(), tmp_path / "job")
    kinds = [(event["kind"], event.get("name")) for event in done.events]
    begin = kinds.index(("stage", "class_pictures"))
    assert kinds[0] == ("started", None)
    assert begin < kinds.index(("stage", "train"))
    assert done.events[begin]["total"] == 4
    assert [e["done"] for e in done.of("stage_progress") if e["name"] == "class_pictures"][-1] == 4
    # three pictures of one size and one of another
    assert sorted(drawn_sizes) == [1, 1, 2]
    assert done.metadata()["ss_num_reg_images"] == "4"
    assert done.file.is_file()
    drawn_sizes.clear()
    assert draw(settings(), EventWriter(None)) == {"drawn": 0, "folders": []}
    assert drawn_sizes == []
    next((tmp_path / "class").glob("*.png")).unlink()
    assert draw(settings(), EventWriter(None))["drawn"] == 1
    assert drawn_sizes == [1]


def test_a_picture_says_how_it_was_made(settings: MakeConcepts, tmp_path: Path) -> None:
    made = settings(seed=3)
    draw(made, EventWriter(None))
    paths = sorted((tmp_path / "class").glob("*.png"))
    assert len(paths) == 4
    assert sorted(path.stem for path in paths) == sorted(path.stem for path in (tmp_path / "class").glob("*.txt"))
    for path in paths:
        with Image.open(path) as picture:
            told, pixels, size = dict(picture.info), picture.convert("RGB").tobytes(), picture.size
        assert path.stem == hashlib.sha1(pixels, usedforsecurity=False).hexdigest()
        assert path.with_suffix(".txt").read_text(encoding="utf-8") == told["prompt"]
        assert told["prompt"].startswith("thing, ") or told["prompt"] == "a wide thing, flat"
        order = ClassOrder(0, path.parent, str(told["prompt"]), "ugly", size, 1, 2, 7.5, None)
        assert told["seed"] == str(seed_of(order, 3, int(told["number"])))
        assert (told["negative_prompt"], told["steps"], told["guidance"]) == ("ugly", "2", "7.5")
        assert told["size"] == f"{size[0]}x{size[1]}"


def test_a_stopped_drawing_goes_on_as_if_it_had_not_been(
    settings: MakeConcepts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw(settings(class_dir=tmp_path / "whole"), EventWriter(None))
    stopped = settings(class_dir=tmp_path / "class")
    with monkeypatch.context() as patch:
        stop_after(tmp_path / "job", patch, 1)
        halted = making.run(stopped, tmp_path / "job")
    assert not halted.finished
    last = halted.events[-1]
    assert (last["kind"], last["state"], last["path"]) == ("stopped", None, None)
    # what is drawn together is finished together
    assert len(list((tmp_path / "class").glob("*.png"))) == 2
    assert draw(stopped, EventWriter(None))["drawn"] == 2
    assert files(tmp_path / "class") == files(tmp_path / "whole")


def test_a_kill_leaves_no_picture_without_a_caption(
    settings: MakeConcepts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def killed(*_: Any) -> Any:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(class_pictures, "replacing", killed)
        with pytest.raises(Killed):
            draw(settings(), EventWriter(None))
    folder = tmp_path / "class"
    assert [path.suffix for path in folder.iterdir()] == [".txt"]
    draw(settings(), EventWriter(None))
    assert len(list(folder.glob("*.png"))) == len(list(folder.glob("*.txt"))) == 4


def test_what_was_thrown_away_does_not_come_again(tmp_path: Path) -> None:
    order = ClassOrder(0, tmp_path, "a thing", "", (64, 64), 2, 4, 7.5, None)
    first = wanted_pictures([order], 5)
    for number, one in enumerate(first):
        class_pictures.keep(grey(number), one, ".txt")
    following = wanted_pictures([order], 5)
    assert [one.number for one in first + following] == [0, 1, 2, 3]
    assert len({one.prompt.seed for one in first + following}) == 4
    assert [one.prompt for one in wanted_pictures([order], 5)] == [one.prompt for one in following]


def grey(number: int) -> NDArray[np.uint8]:
    return np.full((64, 64, 3), number, dtype=np.uint8)


def test_seeds_are_a_function_of_the_place() -> None:
    assert seed_of(ORDER, 7, 0) == seed_of(ORDER, 7, 0) != seed_of(ORDER, 7, 1)
    assert seed_of(ORDER, None, 0) == seed_of(ORDER, 0, 0) != seed_of(ORDER, 7, 0)
    own = ClassOrder(0, Path("nowhere"), "a thing", "", (64, 64), 3, 4, 7.5, 9)
    assert seed_of(own, 1, 0) == seed_of(own, 2, 0) == seed_of(ORDER, 9, 0)


def test_a_batch_shares_size_steps_and_guidance() -> None:
    wide = ClassOrder(0, Path("nowhere"), "a thing", "", (96, 64), 2, 4, 7.5, None)
    slow = ClassOrder(1, Path("nowhere"), "a cat", "", (64, 64), 1, 9, 7.5, None)
    more = ClassOrder(1, Path("nowhere"), "a cat", "", (64, 64), 1, 4, 7.5, None)
    wanted = wanted_pictures([ORDER, wide, slow, more], 0)
    assert [len(batch) for batch in batches(wanted, 3)] == [3, 1, 2, 1]
    for batch in batches(wanted, 3):
        assert len({(p.prompt.width, p.prompt.height, p.prompt.steps, p.prompt.scale) for p in batch}) == 1
    assert sorted(map(id, wanted)) == sorted(id(one) for batch in batches(wanted, 3) for one in batch)


def test_a_file_that_is_no_picture_is_named(settings: MakeConcepts, tmp_path: Path) -> None:
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "broken.png").write_bytes(b"no picture")
    with pytest.raises(MikazukiError, match=r"broken\.png"):
        wanted_pictures([ClassOrder(0, tmp_path / "class", "a thing", "", (64, 64), 1, 4, 7.5, None)], 0)
    with pytest.raises(MikazukiError, match=r"broken\.png"):
        making.run(settings(), tmp_path / "job")


def test_a_folder_that_cannot_be_made_is_named(settings: MakeConcepts, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(MikazukiError, match="file/class could not be written") as caught:
        draw(settings(class_dir=tmp_path / "file" / "class"), EventWriter(None))
    assert caught.value.code == "not-writable"


def test_too_little_memory_names_the_option_of_these_pictures(settings: MakeConcepts, monkeypatch: Patch) -> None:
    def full(*_: object) -> None:
        raise RuntimeError("CUDA out of memory. Tried to allocate 2.00 GiB.")

    monkeypatch.setattr(Artist, "draw_together", full)
    with pytest.raises(MikazukiError, match=r"2 class pictures .*CUDA out of memory") as caught:
        draw(settings(), EventWriter(None))
    assert (caught.value.code, caught.value.exit_code) == ("out-of-memory", EXIT_FAILED)
    assert "class_batch_size" in caught.value.hint

    def broken(*_: object) -> None:
        raise RuntimeError("shapes cannot be multiplied")

    monkeypatch.setattr(Artist, "draw_together", broken)
    with pytest.raises(RuntimeError, match="multiplied"):
        draw(settings(), EventWriter(None))


def test_a_model_that_draws_the_same_every_time_is_told_of(tmp_path: Path) -> None:
    one, other, _ = wanted_pictures([ORDER], 0)
    pixels = grey(0)
    folder = tmp_path / "class"
    class_pictures.keep(pixels, class_pictures.ClassPicture(folder, one.prompt, 0), ".txt")
    with pytest.raises(MikazukiError, match="bf16"):
        class_pictures.keep(pixels, class_pictures.ClassPicture(folder, other.prompt, 1), ".txt")


def test_sdxl_draws_too(settings: MakeConcepts, tmp_path: Path) -> None:
    told = draw(settings("sdxl", caption_extension=".caption"), EventWriter(None))
    assert told == {"drawn": 4, "folders": [str(tmp_path / "class")]}
    assert len(list((tmp_path / "class").glob("*.caption"))) == 4
    assert draw(settings("sdxl", caption_extension=".caption"), EventWriter(None))["drawn"] == 0


def test_the_command_lists_draws_and_is_done(
    settings: MakeConcepts, dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: Patch
) -> None:
    """Relative paths, in the settings and in the concepts, begin where the command is given."""
    monkeypatch.chdir(tmp_path)
    copytree(next(dataset.iterdir()), "masks")
    masked = settings(class_dir=Path("class"), masked_loss=True, conditioning_data_dir="masks")
    config = Path("a.toml")
    config.write_text(dump_toml(masked), encoding="utf-8")
    assert cli.main(["class-pictures", str(config), "--dry-run"]) == 0
    listed = capsys.readouterr().out
    assert "a wide thing, flat" in listed
    assert "4 class pictures to draw into" in listed
    assert not (tmp_path / "class").exists()
    assert cli.main(["class-pictures", str(config), "--set", "class_batch_size=4"]) == 0
    assert "4 class pictures drawn into" in capsys.readouterr().out
    assert len(list((tmp_path / "class").glob("*.png"))) == 4
    assert cli.main(["class-pictures", str(config), "--dry-run", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"missing": 0, "orders": []}


def test_the_command_needs_concepts(
    settings: MakeConcepts, dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "a.toml"
    config.write_text(dump_toml(settings(concepts_list=None, train_data_dir=str(dataset))), encoding="utf-8")
    assert cli.main(["class-pictures", str(config)]) == 2
    assert "concepts_list is not set" in capsys.readouterr().err
