"""Trainings that only upstream's scripts can do: which they are, what stops them, and a run of the stand-in."""

import json
import os
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from mikazuki.cli import main as cli
from mikazuki.engines import sd_scripts_run
from mikazuki.engines.sd_scripts_place import Place
from mikazuki.errors import MikazukiError
from mikazuki.jobs.events import EventReader
from mikazuki.jobs.folder import all_jobs
from mikazuki.jobs.process import State, read_status
from mikazuki.preparing import scripts
from mikazuki.preparing.scripts import examine, wanted
from mikazuki.preparing.training import read_settings
from tests.cli import world
from tests.engines import stand_in_upstream


@pytest.fixture(autouse=True)
def upstream(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A checkout of stand-ins, started without the launcher."""
    monkeypatch.setenv("MIKAZUKI_SD_SCRIPTS", str(stand_in_upstream.checkout(root / "up")))
    monkeypatch.setenv("MIKAZUKI_SD_SCRIPTS_PYTHON", sys.executable)
    monkeypatch.setattr(Place, "missing", lambda _self: [])
    monkeypatch.setattr(sd_scripts_run, "accelerate_command", lambda python, *_: (str(python),))
    monkeypatch.setattr(scripts, "best_precision", lambda: "bf16")


FLUX: world.Shapes = {"double_blocks.0.img_attn.proj.bias": (2,), "single_blocks.0.modulation.lin.bias": (2,)}


def flux(root: Path, **changes: Any) -> dict[str, Any]:
    """Return the options of a LoRA for Flux; None takes one out."""
    for name in ("flux", "ae", "clip_l", "t5xxl"):
        world.safetensors(root / f"{name}.safetensors", FLUX if name == "flux" else {"weight": (2,)})
    values = {
        "model_type": "flux",
        "pretrained_model_name_or_path": f"{root}/flux.safetensors",
        "ae": f"{root}/ae.safetensors",
        "clip_l": f"{root}/clip_l.safetensors",
        "t5xxl": f"{root}/t5xxl.safetensors",
        "train_data_dir": str(world.pictures(root / "train")),
        "caption_extension": ".txt",
        "output_dir": f"{root}/output",
        "logging_dir": f"{root}/logs",
        "output_name": "cat",
        "resolution": "512,512",
        "cache_latents": True,
        "network_module": "networks.lora_flux",
        "max_train_steps": 4,
        **changes,
    }
    return {name: value for name, value in values.items() if value is not None}


def write(root: Path, values: dict[str, Any]) -> Path:
    path = root / "flux.toml"
    path.write_text("".join(f"{key} = {json.dumps(value)}\n" for key, value in values.items()), encoding="utf-8")
    return path


def script_of(values: dict[str, Any]) -> str | None:
    found = wanted(None, values)
    return found.run.script.name if found else None


def test_what_our_settings_can_say_is_left_to_them(root: Path) -> None:
    config = world.make(root, engine="sd-scripts")
    assert wanted(config, {}) is None
    assert wanted(config, {"no_such_option": 1}) is None, "their own answer names the nearest option"
    assert wanted(config, {"model_type": "flx"}) is None, "their own answer names all families"
    assert wanted(config, {"engine": "builtin", "deepspeed": True}) is None


def test_other_families_and_methods_go_to_their_scripts(root: Path) -> None:
    assert script_of(flux(root)) == "flux_train_network"
    assert script_of(flux(root, model_type="chroma", clip_l=None, apply_t5_attn_mask=True)) == "flux_train_network"
    word = {"token_string": "sks"}
    embedding = {
        key: value
        for key, value in flux(root, method="textual_inversion", model_type="sd1", engine="sd-scripts", **word).items()
        if key not in {"ae", "clip_l", "t5xxl", "network_module"}
    }
    assert script_of(embedding) == "train_textual_inversion"


def test_upstreams_own_model_type_stays_and_ours_does_not(root: Path) -> None:
    chroma = wanted(None, flux(root, model_type="chroma", clip_l=None, apply_t5_attn_mask=True))
    ours = wanted(None, flux(root))
    assert chroma
    assert ours
    assert chroma.run.values["model_type"] == "chroma"
    assert "model_type" not in ours.run.values


def test_sd2_is_told_in_upstreams_way(root: Path) -> None:
    chosen = {"method": "dreambooth", "model_type": "sd2", "engine": "sd-scripts"}
    values = flux(root, **chosen, ae=None, clip_l=None, t5xxl=None, network_module=None)
    found = wanted(None, values)
    assert found
    assert (found.run.script.name, found.run.values["v2"]) == ("train_db", True)


def test_an_option_that_upstream_alone_has_keeps_our_defaults_for_the_rest(root: Path) -> None:
    found = wanted(world.make(root, engine="sd-scripts", bucket_reso_steps=64), {"deepspeed": True, "zero_stage": 2})
    assert found
    values = found.run.values
    assert (values["deepspeed"], values["network_module"], values["caption_extension"]) == (
        True, "networks.lora", ".txt",
    )  # fmt: skip


def test_a_method_or_family_that_nobody_knows_names_all_that_somebody_does(root: Path) -> None:
    with pytest.raises(MikazukiError) as caught:
        wanted(None, flux(root, method="lorra", model_type="flx"))
    for word in ("'lorra'", "textual_inversion", "'flx'", "sdxl", "chroma", "anima"):
        assert word in caught.value.message
    assert "generate" not in caught.value.message, "drawing is no training"
    with pytest.raises(MikazukiError, match="method = 'generate'"):
        wanted(None, flux(root, method="generate"))


def test_where_our_settings_answer_they_name_all_families_beside_the_other_faults(root: Path) -> None:
    config = world.make(root, model_type="flx", network_dim=0)
    assert wanted(config, {}) is None
    with pytest.raises(MikazukiError, match="none of auto, sd1, sd2, sdxl, sd3, flux") as caught:
        read_settings(config, {})
    assert "network_dim" in caught.value.message


def test_another_programs_file_is_recognised_also_where_it_is_for_a_script(root: Path) -> None:
    path = write(root, flux(root, model_train_type="flux-lora"))
    with pytest.raises(MikazukiError, match="lora-scripts") as caught:
        wanted(path, {})
    assert caught.value.code == "foreign-settings"
    path = root / "kohya.json"
    path.write_text('{"LoRA_type": "Flux1"}', encoding="utf-8")
    with pytest.raises(MikazukiError, match="kohya_ss"):
        wanted(path, {})


def test_the_checkout_is_named_in_the_file_too(root: Path) -> None:
    other = stand_in_upstream.checkout(root / "other")
    found = wanted(None, flux(root, sd_scripts_dir=str(other), sd_scripts_python="/opt/python"))
    assert found
    examine(found)
    assert found.problems == []
    assert found.files["sd_scripts.toml"].find("sd_scripts_dir") < 0
    argv = scripts.start_of(found).launch(root).argv
    assert argv[:2] == ("/opt/python", str(other / "flux_train_network.py"))
    assert any(str(other) in line for line in scripts.lines(found))
    again = wanted(None, tomllib.loads(found.config))
    assert again
    assert again.run == found.run


def test_a_checkout_that_is_not_there_is_told_by_the_name_in_the_file(root: Path) -> None:
    found = wanted(None, flux(root, sd_scripts_dir=str(root / "nowhere")))
    assert found
    examine(found)
    assert [problem.code for problem in found.problems] == ["engine-not-available"]
    assert str(root / "nowhere") in found.problems[0].message


def saved_state(root: Path, name: str, step: int | None) -> Path:
    """Write what can be seen of a state of upstream's; only scripts for networks note their step."""
    folder = root / "output" / name
    folder.mkdir(parents=True)
    (folder / "random_states_0.pkl").touch()
    if step is not None:
        (folder / "train_state.json").write_text(json.dumps({"current_step": step, "current_epoch": 1}))
    return folder


def test_resume_last_finds_the_newest_state_and_freezes_its_folder(root: Path) -> None:
    saved_state(root, "cat-000001-state", 2)
    newest = saved_state(root, "cat-step00000003-state", 3)
    found = wanted(None, flux(root, resume="last"))
    assert found
    examine(found)
    assert found.problems == []
    assert found.run.values["resume"] == str(newest)
    assert f"resume = {json.dumps(str(newest), ensure_ascii=False)}" in found.config
    frozen = tomllib.loads(found.files["sd_scripts.toml"])
    assert (frozen["resume"], frozen["skip_until_initial_step"]) == (str(newest), True)


def test_resume_last_without_a_state_begins_anew_and_says_so(root: Path) -> None:
    found = wanted(None, flux(root, resume="last"))
    assert found
    examine(found)
    assert [notice.code for notice in found.warnings if "state" in notice.code] == ["no-state-yet"]
    assert "resume" not in found.run.values
    assert "resume" not in tomllib.loads(found.config)


def test_a_state_at_the_end_leaves_nothing_and_one_that_is_none_is_refused(root: Path) -> None:
    saved_state(root, "cat-state", 4)
    for resume, code in (("last", "nothing-left"), (str(root / "train"), "state-not-found")):
        found = wanted(None, flux(root, resume=resume))
        assert found
        examine(found)
        assert [problem.code for problem in found.problems] == [code]


def test_a_script_that_notes_no_step_takes_the_state_written_last_and_counts_anew(root: Path) -> None:
    older = saved_state(root, "cat-000002-state", None)
    newer = saved_state(root, "cat-000001-state", None)
    os.utime(older / "random_states_0.pkl", (1, 1))
    found = wanted(None, flux(root, method="full", resume="last", network_module=None))
    assert found
    examine(found)
    assert found.problems == []
    assert found.run.values["resume"] == str(newer)
    assert "counts-anew" in [notice.code for notice in found.warnings]


def test_options_of_the_script_are_flags(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = write(root, flux(root))
    words = ("--blocks_to_swap", "8", "--set", "guidance_scale=3.5", "--network_args", "a=1", "b=2", "--split_qkv")
    assert cli.main(["check", str(config), "--json", *words[:-1]]) == 0
    values = json.loads(capsys.readouterr().out)["values"]
    assert (values["blocks_to_swap"], values["guidance_scale"], values["network_args"]) == (8, 3.5, ["a=1", "b=2"])
    assert cli.main(["check", str(config), "--blocks_to_swap", "many"]) == 2
    assert "blocks_to_swap" in capsys.readouterr().err
    assert cli.main(["check", str(config), *words]) == 2
    assert "--split_qkv is not an option" in capsys.readouterr().err


def test_a_flag_of_a_script_is_refused_where_our_settings_train(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", str(world.make(root)), "--blocks_to_swap", "8"]) == 2
    assert "blocks_to_swap is not an option" in capsys.readouterr().err


def test_a_check_tells_pictures_steps_and_where_it_goes(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = write(root, flux(root, max_train_steps=None, max_train_epochs=3, train_batch_size=4))
    before = world.everything_in(root)
    assert cli.main(["check", str(config)]) == 0
    said = capsys.readouterr().out
    for words in (
        "6 pictures x 1",
        "6 steps: 3 epochs of 2 steps",
        f"{root}/output/cat",
        "Nothing stops this training.",
    ):
        assert words in said, said
    assert world.everything_in(root) == before


def test_a_pair_without_a_script_says_what_there_is(root: Path) -> None:
    with pytest.raises(MikazukiError) as caught:
        wanted(None, flux(root, method="lllite"))
    assert caught.value.code == "no-script"


def test_the_builtin_engine_named_for_it_is_refused(root: Path) -> None:
    with pytest.raises(MikazukiError) as caught:
        wanted(None, flux(root, engine="builtin"))
    assert caught.value.code == "engine-not-available"


def test_all_faults_are_told_at_once_also_the_launchers(root: Path) -> None:
    with pytest.raises(MikazukiError) as caught:
        wanted(None, flux(root, num_machines=0, guidance_scal=1.0, max_train_steps="many", output_dir=None))
    for name in ("num_machines", "guidance_scale?", "max_train_steps", "output_dir"):
        assert name in caught.value.message


def test_what_is_not_there_is_named_together(root: Path) -> None:
    found = wanted(None, flux(root, ae=f"{root}/no.safetensors", pretrained_model_name_or_path="no.safetensors"))
    assert found
    examine(found)
    (problem,) = found.problems
    assert problem.code == "file-not-found"
    assert "ae = " in problem.message
    assert "pretrained_model_name_or_path" in problem.message


def test_files_that_are_cut_off_or_no_flux_are_told_before_anything_starts(root: Path) -> None:
    values = flux(root)
    cut = root / "ae.safetensors"
    cut.write_bytes(cut.read_bytes()[:-1])
    world.safetensors(root / "flux.safetensors", world.SD1)
    found = wanted(None, values)
    assert found
    examine(found)
    assert {problem.code for problem in found.problems} == {"truncated", "wrong-family"}
    assert "flux.safetensors is no model of family flux" in " ".join(problem.message for problem in found.problems)


def test_a_model_of_the_hub_need_not_lie_here(root: Path) -> None:
    found = wanted(None, flux(root, pretrained_model_name_or_path="black-forest-labs/FLUX.1-dev"))
    assert found
    examine(found)
    assert found.problems == []


def test_secrets_go_by_the_environment_and_are_not_frozen(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WANDB_API_KEY", raising=False)
    found = wanted(None, flux(root, wandb_api_key="key-1"))
    assert found
    assert "key-1" not in found.config
    assert "wandb_api_key" not in found.run.values
    assert os.environ.pop("WANDB_API_KEY") == "key-1"


def test_the_frozen_settings_say_the_same_once_more(root: Path) -> None:
    first = wanted(None, flux(root, mixed_precision="auto", gpu_ids="1", network_args=["a=1"]))
    assert first
    assert (first.run.launch.mixed_precision, first.run.launch.gpu_ids) == ("bf16", "1")
    second = wanted(None, tomllib.loads(first.config))
    assert second
    assert (second.run, second.config) == (first.run, first.config)
    assert first.run.values["seed"] is not None, "the seed is drawn and written down"


def test_a_run_from_settings_to_file(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = write(root, flux(root))
    before = world.everything_in(root)
    assert cli.main(["train", str(config), "--dry-run"]) == 0
    assert world.everything_in(root) == before
    assert "flux_train_network.py" in capsys.readouterr().out
    assert cli.main(["train", str(config)]) == 0
    (job,) = all_jobs(root / "logs" / "jobs")
    assert read_status(job).state is State.DONE
    assert [event["kind"] for event in EventReader(job.events).read()][-1] == "done"
    assert (root / "output" / "cat.safetensors").is_file()
    assert job.facts()["script"] == "flux_train_network"


def test_refusals_write_nothing_and_answer_in_json(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = write(root, flux(root, train_data_dir=f"{root}/none"))
    before = world.everything_in(root)
    assert cli.main(["train", str(config), "--json"]) == 2
    assert world.everything_in(root) == before
    found = json.loads(capsys.readouterr().out)["errors"]
    assert {one["code"] for one in found} == {"file-not-found", "dataset-not-found"}
