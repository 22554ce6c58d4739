import tomllib
from pathlib import Path

import pytest

from mikazuki.engines import sd_scripts
from mikazuki.engines.sd_scripts import SdScripts, run_of
from mikazuki.engines.sd_scripts_place import NEEDS, Place
from mikazuki.errors import MikazukiError
from mikazuki.settings.train import TrainSettings
from mikazuki.settings.upstream.scripts import SCRIPTS
from tests.cli import world


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MIKAZUKI_SD_SCRIPTS", "MIKAZUKI_SD_SCRIPTS_PYTHON"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sd_scripts, "best_precision", lambda: "fp16")


def settings(**changes: object) -> TrainSettings:
    return TrainSettings.model_validate({"pretrained_model_name_or_path": "m", "train_data_dir": "d", **changes})


def test_an_unfetched_submodule_is_not_there_and_says_how_to_get_it(tmp_path: Path) -> None:
    found = SdScripts(tmp_path).available()
    assert not found.ok
    assert str(tmp_path) in found.reason
    assert "--with-sd-scripts" in found.remedy
    assert "builtin" in found.remedy
    with pytest.raises(MikazukiError, match="with-sd-scripts"):
        SdScripts(tmp_path).launch(tmp_path, settings())


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
    ("changes", "script"),
    [({}, "train_network"), ({"model_type": "sd2"}, "train_network"), ({"model_type": "sdxl"}, "sdxl_train_network")],
)
def test_the_family_chooses_the_script(changes: dict[str, object], script: str) -> None:
    assert run_of(settings(**changes)).script is SCRIPTS[script]


def test_precision_auto_is_settled_here_because_upstream_knows_no_auto() -> None:
    run = run_of(settings())
    assert run.launch.mixed_precision == run.values["mixed_precision"] == "fp16"
    assert run_of(settings(mixed_precision="no", num_processes=2, gpu_ids="1")).launch.model_dump() == {
        **run.launch.model_dump(), "mixed_precision": "no", "num_processes": 2, "gpu_ids": "1",
    }  # fmt: skip


def test_what_upstream_cannot_do_is_refused_with_the_reason() -> None:
    with pytest.raises(MikazukiError, match="ema_decay"):
        run_of(settings(ema_decay=0.99))


def test_the_files_hold_upstreams_names_alone(tmp_path: Path) -> None:
    world.make(tmp_path)
    one = settings(
        pretrained_model_name_or_path=str(tmp_path / "model.safetensors"), train_data_dir=str(tmp_path / "train")
    )
    values = tomllib.loads(SdScripts().files(one)["sd_scripts.toml"])
    assert not {"engine", "method", "model_type", "sample_grid", "train_data_dir"} & values.keys()
    assert (values["caption_extension"], values["enable_bucket"]) == (".txt", True)
