"""Every option acts in a real training: something differs, stays or appears, as its sentence says."""

import json
import shutil
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from mikazuki.engines.builtin import Builtin
from mikazuki.errors import MikazukiError
from mikazuki.models.load import TOKENIZER, TOKENIZER_CACHE_NAMES
from mikazuki.settings.load import dump_toml
from mikazuki.settings.schema import option_schema
from mikazuki.settings.secrets import without_secrets
from mikazuki.settings.train import TrainSettings
from mikazuki.training.machine import Machine
from tests.training import making, options_source
from tests.training.fake_hub import FakeHub
from tests.training.options_elsewhere import ELSEWHERE, HERE, OFTEN
from tests.training.options_table import ROWS, UNET, Row
from tests.training.options_world import SHAPES, Options, Seen, World, draw_folder, draw_picture

pytestmark = [pytest.mark.tiny, pytest.mark.filterwarnings("ignore:Paged optimizers:UserWarning")]
ROOT = Path(__file__).parents[2]
STATE = ("train_state.json", "model.safetensors", "optimizer.pt")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The folder in which all options are tried."""
    root = tmp_path_factory.mktemp("options")
    options_source.Album.folder = root / "other" / "1_sks thing"
    return World(root)


def marked(row: Row) -> object:
    return pytest.param(row, id=row.name, marks=() if row.often else pytest.mark.slow)


@pytest.mark.parametrize("row", [marked(row) for row in ROWS])
def test_an_option_acts(world: World, row: Row, request: pytest.FixtureRequest) -> None:
    at = f"run{request.node.callspec.indices['row']}"
    run = world.run(at, **{**row.beside, **row.options})
    row.witness(Seen(world, run, lambda: world.plain(**row.beside)))


def test_every_option_is_seen_somewhere() -> None:
    tried = {name for row in ROWS for name in row.options}
    fields = TrainSettings.model_fields.keys()
    assert tried >= OFTEN
    assert fields - tried - ELSEWHERE.keys() == set()
    assert (tried | ELSEWHERE.keys()) - fields == set()


@pytest.mark.parametrize("option", ELSEWHERE)
def test_tests_that_are_named_are_there(option: str) -> None:
    file, name = ELSEWHERE[option]
    text = (ROOT / file).read_text(encoding="utf-8")
    assert f"def {name}(" in text
    assert file == HERE or option in text


def test_another_tokenizer_is_used(world: World, tmp_path: Path) -> None:
    folder = tmp_path / TOKENIZER_CACHE_NAMES["<|endoftext|>"]
    shutil.copytree(TOKENIZER, folder)
    path = folder / "vocab.json"
    words = json.loads(path.read_text(encoding="utf-8"))
    words["red</w>"], words["green</w>"] = words["green</w>"], words["red</w>"]
    path.write_text(json.dumps(words), encoding="utf-8")
    assert world.run("tokenizer", tokenizer_cache_dir=str(tmp_path)).losses() != world.plain().losses()


def test_one_value_alone() -> None:
    assert option_schema(TrainSettings, "version")["const"] == 1


@pytest.mark.parametrize("options", [{"v2": True}, {"model_type": "sdxl"}])
def test_another_family_is_refused(world: World, options: Options) -> None:
    with pytest.raises(MikazukiError) as caught:
        world.run("refused", **options)
    assert caught.value.code == "wrong-family"


def test_xformers_are_used_or_refused(world: World) -> None:
    if find_spec("xformers"):
        pytest.skip("they are installed, and need a GPU")
    for options in ({"xformers": True}, {"diffusers_xformers": True, "method": "fine_tune"}):
        with pytest.raises(MikazukiError, match="xformers is set") as caught:
            world.run("refused", **options)
        assert caught.value.code == "xformers-missing"


@pytest.mark.parametrize("options", [{"initial_epoch": 2}, {"initial_step": 3, "max_train_epochs": 1}])
def test_beginning_behind_the_end_is_refused(world: World, options: Options) -> None:
    with pytest.raises(MikazukiError, match="leaves nothing to train: the whole training is 3 steps") as caught:
        world.run("refused", **options)
    assert caught.value.code == "nothing-left"


def test_no_metadata(world: World) -> None:
    bare = world.run("bare", no_metadata=True, training_comment="mine", metadata_title="T").metadata()
    assert {key for key in bare if key.startswith("ss_")} == {
        "ss_v2", "ss_base_model_version", "ss_network_module", "ss_network_dim", "ss_network_alpha",
    }  # fmt: skip
    assert bare["modelspec.title"] == "T"


@pytest.mark.parametrize("trusted", [False, True])
def test_a_cache_that_is_trusted(world: World, tmp_path: Path, *, trusted: bool) -> None:
    pictures = draw_folder(tmp_path / "pictures" / "1_x")
    options = {"train_data_dir": str(tmp_path / "pictures"), "cache_latents_to_disk": True, "max_train_steps": 1}
    options |= UNET | {"cache_text_encoder_outputs_to_disk": True, "skip_cache_check": trusted}
    before = world.run(f"before{trusted}", **options).losses()
    for number, (name, size) in enumerate(SHAPES.items(), start=20):
        draw_picture(pictures / f"{name}.png", number, size)
        (pictures / f"{name}.txt").write_text("something else", encoding="utf-8")
    assert (world.run(f"after{trusted}", **options).losses() == before) is trusted


def test_processes_wait_as_long_as_they_are_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[Any] = []

    def accelerator(**options: Any) -> None:
        given.extend(options["kwargs_handlers"])
        raise InterruptedError

    monkeypatch.setattr("mikazuki.training.machine.Accelerator", accelerator)
    with pytest.raises(InterruptedError):
        Machine(world.settings("waits", ddp_timeout=7))
    assert [handler.timeout for handler in given] == [timedelta(minutes=7)]


def test_gpus_are_named_to_the_launcher(world: World, tmp_path: Path) -> None:
    launch = Builtin().launch(tmp_path, world.settings("gpus", gpu_ids="1, 3"))
    assert launch.env["CUDA_VISIBLE_DEVICES"] == "1,3"


def test_secrets_go_into_the_environment_alone(world: World) -> None:
    secrets = {"wandb_api_key": "the key", "huggingface_token": "the token"}
    given = world.settings("secret", **secrets)
    settings, environment = without_secrets(given)
    assert environment == {"WANDB_API_KEY": "the key", "HF_TOKEN": "the token"}
    assert "the key" not in dump_toml(settings)
    assert "the token" not in dump_toml(settings)


@pytest.mark.parametrize("later", [pytest.param(False, marks=pytest.mark.slow), True])
def test_everything_saved_is_uploaded_and_fetched(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, later: bool
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", False)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_DISABLE_XET", True)
    with FakeHub() as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        run = world.run(
            f"hub{later}",
            huggingface_repo_id="me/cats",
            huggingface_repo_type="dataset",
            huggingface_path_in_repo="loras",
            save_state_to_huggingface=True,
            async_upload=later,
            save_every_n_steps=2,
            save_state=True,
        )
        again = world.run(
            f"hub{later} again",
            resume="me/cats/loras/x-step00000002-state::dataset",
            resume_from_huggingface=True,
        )
    assert run.of("warning") == []
    assert hub.received.repositories[0]["type"] == "dataset"
    states = {f"loras/x{at}-state/{name}" for at in ("", "-step00000002") for name in STATE}
    assert hub.received.files.keys() == {"loras/x.safetensors", "loras/x-step00000002.safetensors"} | states
    assert hub.received.files["loras/x.safetensors"] == run.file.read_bytes()
    assert again.losses() == run.losses()[2:]
    assert making.same(again.weights(), run.weights())
