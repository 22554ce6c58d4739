"""From a form's values to a job of a program: paths, checks, what is frozen, retried, and where it ends."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from mikazuki.cli.follow import Interrupts, follow
from mikazuki.errors import MikazukiError
from mikazuki.events import STOP_FILE
from mikazuki.jobs.folder import Job
from mikazuki.jobs.process import Child, State, Status, write_status
from mikazuki.jobs.progress import ProgressReader
from mikazuki.jobs.queue import START_KEY, Queue
from mikazuki.jobs.rows import make_row
from mikazuki.preparing import programs, queueing
from mikazuki.preparing.queueing import Wish
from mikazuki.settings.identity import FACTS
from mikazuki.settings.load import load_toml
from mikazuki.settings.preparing_pictures import PrepareSettings
from mikazuki.settings.program_forms import PROGRAMS, program
from mikazuki.web.roots import Roots
from tests.cli import world as files
from tests.tagging import world


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with a tagger `own`, pictures in `train/set` and a base model."""
    world.wd(tmp_path / "sd-models" / "taggers" / "own")
    for name in ("a", "b"):
        world.picture(tmp_path / "train" / "set" / f"{name}.png", size=(80, 60))
    (tmp_path / "train" / "set" / "a.txt").write_text("red", encoding="utf-8")
    (tmp_path / "sd-models").mkdir(exist_ok=True)
    files.safetensors(tmp_path / "sd-models" / "base.safetensors", files.SD1)
    files.safetensors(tmp_path / "sd-models" / "lora.safetensors", {"lora_unet_a.lora_down.weight": (2, 4)})
    return tmp_path


VALUES: dict[str, dict[str, Any]] = {
    "tag": {"train_data_dir": "train/set", "model": "own"},
    "prepare": {"image_dir": "train/set", "output_dir": "train/new", "resolution": "64", "min_bucket_reso": 64},
    "masks": {"image_dir": "train/set", "source": "alpha"},
    "convert": {"model_to_load": "sd-models/base.safetensors", "model_to_save": "sd-models/new.ckpt"},
    "build": {"pretrained_model_name_or_path": "sd-models/base.safetensors", "lora": "sd-models/lora.safetensors"},
    "fetch": {"repository": "owner/name"},
}


def checked(root: Path, name: str, **more: Any) -> programs.Checked:
    return programs.examine(programs.read(program(name), {**VALUES[name], **more}, root))


def put(root: Path, name: str, **more: Any) -> tuple[Queue, Job]:
    queue = Queue(root / "logs" / "jobs")
    return queue, checked(root, name, **more).put(queue, Wish())


def test_paths_begin_at_the_project_wherever_the_job_starts(root: Path) -> None:
    tag = checked(root, "tag").settings.model_dump()
    assert (tag["train_data_dir"], tag["models_dir"], tag["model"]) == (
        str(root / "train" / "set"),
        str(root / "sd-models" / "taggers"),
        "own",
    )
    prepare = checked(root, "prepare").settings.model_dump()
    assert (prepare["image_dir"], prepare["output_dir"]) == (str(root / "train" / "set"), str(root / "train" / "new"))
    assert prepare["matting_model"] is None


def test_a_check_says_what_would_be_done_and_does_nothing(root: Path) -> None:
    before = sorted(root.rglob("*"))
    tag = checked(root, "tag")
    assert tag.facts == {"pictures": 2, "captioned": 1, "model": "own", "model_here": True}
    prepare = checked(root, "prepare", words="sks cat", mirror=True)
    assert prepare.facts == {"pictures": 2, "videos": 0, "copies": 4, "folders": 1, "masks": 0}
    assert prepare.rows == (("a.png", "100_sks cat/a.png"), ("b.png", "100_sks cat/b.png"))
    convert = checked(root, "convert")
    assert convert.facts["family"] == "sd1"
    assert convert.rows == (("base.safetensors", str(root / "sd-models" / "new.ckpt")),)
    assert sorted(root.rglob("*")) == before


@pytest.mark.parametrize(
    ("name", "more", "code"),
    [
        ("tag", {"train_data_dir": "nothing"}, "dataset-not-found"),
        ("tag", {"thresh": 2}, "settings-wrong"),
        ("prepare", {"output_dir": "train/set/inside"}, "output-in-source"),
        ("prepare", {"image_dir": "nothing"}, "folder-not-found"),
        ("prepare", {"matting_model": "none.onnx"}, "model-not-found"),
        ("convert", {"model_to_save": "sd-models/base.safetensors"}, "output-exists"),
        ("convert", {"model_to_lode": "x"}, "settings-wrong"),
    ],
)
def test_what_would_stop_it_is_said(root: Path, name: str, more: dict[str, Any], code: str) -> None:
    with pytest.raises(MikazukiError) as error:
        checked(root, name, **more)
    assert error.value.code == code


@pytest.mark.parametrize("name", list(PROGRAMS))
def test_a_job_says_what_starts_it_and_its_repetition_is_its_own(root: Path, name: str) -> None:
    queue, job = put(root, name)
    facts = job.facts()
    assert (facts["program"], facts["method"]) == (name, name)
    command = facts[START_KEY]["command"]
    assert command[1:4] == ["-m", PROGRAMS[name].module, "--config_file"]
    assert command[4] == str(job.config)
    with pytest.raises(MikazukiError, match="which has not ended yet"):
        put(root, name)
    write_status(job, Status(State.DONE))
    again = queueing.retry(queue, job.id)
    assert again.facts()[START_KEY]["command"][4] == str(again.config)
    assert load_toml(again.config) == load_toml(job.config)


def test_when_and_where_it_may_start(root: Path) -> None:
    queue = Queue(root / "logs" / "jobs")
    job = checked(root, "convert").put(queue, Wish(("1",), 4e9, held=True))
    ((_, place),) = queue.waiting()
    assert (place.gpus, place.not_before, place.held, place.needs) == (("1",), 4e9, True, 1)
    assert job.facts()["name"] == "convert-new.ckpt"


@pytest.mark.parametrize(("name", "needs"), [("convert", 0), ("prepare", 0), ("tag", 1)])
def test_what_needs_no_gpu_takes_none(root: Path, name: str, needs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mikazuki.preparing.needs.machine_slots", lambda: ("0",))
    queue, job = put(root, name)
    ((_, place),) = queue.waiting()
    assert place.needs == job.facts()["needs"] == needs


def run(job: Job) -> None:
    """Run a job to its end, as a runner does."""
    start = job.facts()[START_KEY]
    child = Child.start(job, start["command"], start["environment"], Path(start["cwd"]))
    follow(child, Interrupts(), lambda _event: None, lambda _text: None)


def test_a_prepared_job_runs_tells_how_far_it_is_and_obeys_stop(root: Path) -> None:
    queue, job = put(root, "prepare")
    run(job)
    row = make_row(job, ProgressReader(job.events).refresh())
    assert (row.state, row.step, row.total, row.program) == ("done", 2, 2, "prepare")
    with Image.open(root / "train" / "new" / "a.png") as made:
        assert made.size == (64, 64)
    other = queueing.retry(queue, job.id)
    for path in (root / "train" / "new").glob("*.png"):
        path.unlink()
    for number in range(40):
        world.picture(root / "train" / "set" / f"more{number}.png")
    (other.folder / STOP_FILE).touch()
    run(other)
    assert make_row(other, ProgressReader(other.events).refresh()).state == "stopped"


def test_only_paths_that_may_be_used_are_used(root: Path) -> None:
    def allowed(path: str) -> None:
        if not (root / path).resolve().is_relative_to(root):
            raise MikazukiError("outside-roots", f"{path} lies outside.")

    def outside(name: str, **values: Any) -> list[tuple[str, str]]:
        found = programs.outside(program(name), values, root, allowed)
        return [(one.code, one.message.partition(":")[0]) for one in found]

    assert [found for name, values in VALUES.items() if (found := outside(name, **values))] == []
    assert outside("prepare", image_dir="../x", output_dir="/elsewhere", words="../x") == [
        ("outside-roots", "image_dir"),
        ("outside-roots", "output_dir"),
    ]
    assert outside("tag", model="../" * 20 + "tmp") == [("outside-roots", "model")]
    assert outside("tag", model="owner/name") == []
    assert outside("tag", train_data_dir="a\0b") == [("path-wrong", "train_data_dir")]
    assert outside("convert", vae="x" * 300) == [("path-wrong", "vae")]


def test_a_tagging_goes_on_from_its_job_alone(root: Path) -> None:
    queue, job = put(root, "tag", thresh=0.25)
    with pytest.raises(MikazukiError, match="has not ended"):
        programs.going_on(queue, job.id)
    write_status(job, Status(State.STOPPED))
    settings = programs.going_on(queue, job.id).model_dump()
    assert (settings["thresh"], settings["resume"]) == (0.25, str(job.folder))
    write_status(other := put(root, "convert")[1], Status(State.STOPPED))
    with pytest.raises(MikazukiError, match="tags no pictures"):
        programs.going_on(queue, other.id)
    with pytest.raises(MikazukiError, match="no job"):
        programs.going_on(queue, str(root))


def test_a_look_at_the_pictures_finds_copies(root: Path) -> None:
    folder = root / "train" / "set"
    (folder / "c.png").write_bytes((folder / "a.png").read_bytes())
    settings = programs.read(program("prepare"), VALUES["prepare"], root)
    assert isinstance(settings, PrepareSettings)
    report = programs.look(settings, root / "logs" / "scans")
    assert ("duplicates", ("a.png", "b.png", "c.png")) in [(one.code, one.pictures) for one in report.findings]


def test_a_file_is_read_from_where_one_stands(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    (root / "a.toml").write_text('[files]\nimage_dir = "train/set"\noutput_dir = "out"\n', encoding="utf-8")
    settings = programs.read_file(program("prepare"), Path("a.toml")).model_dump()
    assert settings["output_dir"] == str(root / "out")


def test_the_form_offers_the_taggers_that_are_here_first(root: Path) -> None:
    offered = programs.form("tag", root).fields["model"].suggestions
    assert offered[0] == "own"
    assert "wd-vit-tagger-v3" in offered


def test_nothing_heavy_is_imported() -> None:
    heavy = "{'torch', 'onnxruntime', 'transformers'}"
    code = f"import sys; import mikazuki.web.program_answers; print({heavy} & set(sys.modules))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "set()"


def test_what_a_state_names_lies_within_the_roots_too(root: Path) -> None:
    state = root / "output" / "x-state"
    state.mkdir(parents=True)
    told = {"pretrained_model_name_or_path": "/elsewhere/base.safetensors", "train_data_dir": "d"}
    facts = {"current_step": 1, "current_epoch": 1, "settings": told}
    (state / FACTS).write_text(json.dumps(facts), encoding="utf-8")
    allowed = Roots.of(root, [root]).allowed
    (refused,) = programs.outside(program("build"), {"state": str(state)}, root, allowed)
    assert (refused.code, "/elsewhere" in refused.message) == ("outside-roots", True)
    assert programs.outside(program("build"), {"state": str(root / "output")}, root, allowed) == []
