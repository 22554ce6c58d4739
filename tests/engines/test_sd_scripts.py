import tomllib
from pathlib import Path

import pytest

from mikazuki.engines import sd_scripts
from mikazuki.engines.registry import engines_for
from mikazuki.engines.sd_scripts import SdScripts, run_of
from mikazuki.engines.sd_scripts_place import NEEDS, Place
from mikazuki.engines.sd_scripts_run import files_of
from mikazuki.errors import MikazukiError
from mikazuki.models.identify import identify
from mikazuki.settings.train import TrainSettings
from mikazuki.settings.upstream.scripts import SCRIPTS
from tests.cli import world


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MIKAZUKI_SD_SCRIPTS", "MIKAZUKI_SD_SCRIPTS_PYTHON"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sd_scripts, "best_precision", lambda: "fp16")


@pytest.fixture
def model(tmp_path: Path) -> str:
    """A base model's header: SD1."""
    return str(world.safetensors(tmp_path / "model.safetensors", world.SD1))


def settings(model: str = "m", **changes: object) -> TrainSettings:
    return TrainSettings.model_validate({"pretrained_model_name_or_path": model, "train_data_dir": "d", **changes})


def test_an_unfetched_submodule_is_not_there_and_says_how_to_get_it(tmp_path: Path, model: str) -> None:
    found = SdScripts(tmp_path).available()
    assert not found.ok
    assert str(tmp_path) in found.reason
    assert "--with-sd-scripts" in found.remedy
    assert "builtin" in found.remedy
    with pytest.raises(MikazukiError, match="with-sd-scripts"):
        SdScripts(tmp_path).launch(tmp_path, settings(model))


def test_a_checkout_without_its_packages_says_which(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "train_network.py").touch()
    assert "no Python environment" in SdScripts(tmp_path).available().reason
    monkeypatch.setenv("MIKAZUKI_SD_SCRIPTS_PYTHON", str(tmp_path / "venv" / "bin" / "python"))
    assert f"lacks {', '.join(NEEDS)}" in SdScripts(tmp_path).available().reason
    monkeypatch.setattr(Place, "missing", lambda _self: [])
    assert SdScripts(tmp_path).available().ok


def test_it_trains_what_upstream_has_scripts_for() -> None:
    assert {"lora", "dreambooth", "textual_inversion", "controlnet"} <= set(SdScripts.methods)
    assert "generate" not in SdScripts.methods
    assert {"sd1", "sdxl", "flux", "anima"} <= set(SdScripts.families)
    assert {"network_dim", "t5xxl", "token_string"} <= SdScripts().options()


@pytest.mark.parametrize(
    ("shapes", "script"), [(world.SD1, "train_network"), (world.SDXL, "sdxl_train_network")], ids=["sd1", "sdxl"]
)
def test_the_family_of_the_model_chooses_the_script_though_no_option_says_it(
    shapes: world.Shapes, script: str, tmp_path: Path
) -> None:
    model = str(world.safetensors(tmp_path / "model.safetensors", shapes))
    assert run_of(settings(model)).script is SCRIPTS[script]
    assert run_of(settings("gone"), identify(model)).script is SCRIPTS[script], "what was read is not read again"


def test_upstream_is_told_what_the_model_predicts(tmp_path: Path) -> None:
    v = {"modelspec.prediction_type": "v"}
    model = str(world.safetensors(tmp_path / "v.safetensors", world.SDXL, v))
    assert run_of(settings(model)).values["v_parameterization"] is True
    assert "v_parameterization" not in run_of(settings(model, v_parameterization=False)).values


def test_precision_auto_is_settled_here_because_upstream_knows_no_auto(model: str) -> None:
    run = run_of(settings(model))
    assert run.launch.mixed_precision == run.values["mixed_precision"] == "fp16"
    assert run_of(settings(model, mixed_precision="no", num_processes=2, gpu_ids="1")).launch.model_dump() == {
        **run.launch.model_dump(), "mixed_precision": "no", "num_processes": 2, "gpu_ids": "1",
    }  # fmt: skip


def test_what_upstream_cannot_do_is_refused_with_the_reason(model: str) -> None:
    with pytest.raises(MikazukiError, match="ema_decay"):
        run_of(settings(model, ema_decay=0.99))


def test_the_pictures_folder_is_checked_before_a_dataset_file_takes_its_place(model: str, tmp_path: Path) -> None:
    world.pictures(tmp_path / "train" / "2_sks cat")
    one = settings(model, train_data_dir=str(tmp_path / "train"), color_aug=True, cache_latents_to_disk=True)
    with pytest.raises(MikazukiError, match="cache_latents excludes color_aug"):
        run_of(one)
    run = run_of(one.model_copy(update={"color_aug": False}))
    assert run.values["train_data_dir"] == str(tmp_path / "train"), "rules saw it"
    files = files_of(run, None)
    assert "train_data_dir" not in tomllib.loads(files["sd_scripts.toml"])
    assert tomllib.loads(files["dataset.toml"])["datasets"][0]["subsets"][0]["num_repeats"] == 2


def test_the_settings_name_the_checkout_and_win_over_the_environment(
    model: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("named", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "train_network.py").touch()
    monkeypatch.setenv("MIKAZUKI_SD_SCRIPTS", str(tmp_path / "other"))
    monkeypatch.setenv("MIKAZUKI_SD_SCRIPTS_PYTHON", str(tmp_path / "other-python"))
    monkeypatch.setattr(Place, "missing", lambda _self: [])
    world.pictures(tmp_path / "train" / "2_sks cat")
    named = {"sd_scripts_dir": str(tmp_path / "named"), "sd_scripts_python": str(tmp_path / "python")}
    one = settings(model, train_data_dir=str(tmp_path / "train"), **named)
    _, engine = engines_for(one)
    argv = engine.launch(tmp_path, one).argv
    assert (argv[0], str(tmp_path / "named" / "train_network.py") in argv) == (str(tmp_path / "python"), True)
    assert run_of(one).launch.sd_scripts_dir == named["sd_scripts_dir"]
    assert not named.keys() & tomllib.loads(engine.files(one)["sd_scripts.toml"]).keys()
    _, by_environment = engines_for(settings(model))
    assert isinstance(by_environment, SdScripts)
    assert by_environment.place == Place(tmp_path / "other", tmp_path / "other-python")


def test_the_files_hold_upstreams_names_alone(tmp_path: Path) -> None:
    world.make(tmp_path)
    one = settings(
        pretrained_model_name_or_path=str(tmp_path / "model.safetensors"), train_data_dir=str(tmp_path / "train")
    )
    values = tomllib.loads(SdScripts().files(one)["sd_scripts.toml"])
    assert not {"engine", "method", "model_type", "sample_grid", "train_data_dir"} & values.keys()
    assert (values["caption_extension"], values["enable_bucket"]) == (".txt", True)
