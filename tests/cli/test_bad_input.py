"""Every bad request: exit code 2, one paragraph that names the place and the remedy, nothing written."""

import pickle
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from mikazuki.cli import main as cli
from mikazuki.errors import EXIT_WRONG_REQUEST
from mikazuki.preparing import preflight
from tests.cli import world


class Unsafe:
    """Something that would run code if it were unpickled."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (print, ("this must never appear",))


def no_model(root: Path) -> None:
    (root / "model.safetensors").unlink()


def truncated(root: Path) -> None:
    path = root / "model.safetensors"
    path.write_bytes(path.read_bytes()[:-100])


def text_file(root: Path) -> None:
    (root / "model.safetensors").write_text("this is not a model", encoding="utf-8")


def code_in_a_pickle(root: Path) -> None:
    (root / "model.safetensors").unlink()
    with zipfile.ZipFile(root / "model.ckpt", "w") as file:
        file.writestr("archive/data.pkl", pickle.dumps(Unsafe()))
    set_option(root, "pretrained_model_name_or_path", f'"{root.as_posix()}/model.ckpt"')


def sdxl_model(root: Path) -> None:
    world.safetensors(root / "model.safetensors", world.SDXL)
    set_option(root, "model_type", '"sd1"')


def lora_as_model(root: Path) -> None:
    world.safetensors(root / "model.safetensors", world.LORA)


def empty_dataset(root: Path) -> None:
    shutil.rmtree(root / "train")
    (root / "train").mkdir()


def no_dataset(root: Path) -> None:
    shutil.rmtree(root / "train")


def corrupt_picture(root: Path) -> None:
    path = root / "train" / "2_sks cat" / "3.png"
    path.write_bytes(path.read_bytes()[:60])


def caption_not_utf8(root: Path) -> None:
    (root / "train" / "2_sks cat" / "1.txt").write_bytes("\u6d4b\u8bd5".encode("gb18030"))


def unknown_key(root: Path) -> None:
    set_option(root, "lerning_rate", "1e-4")


def wrong_number(root: Path) -> None:
    set_option(root, "learning_rate", '"1e-4x"')


def broken_toml(root: Path) -> None:
    set_option(root, "vae", "C:\\models")


def output_is_a_file(root: Path) -> None:
    (root / "output").write_text("mine", encoding="utf-8")


def output_below_a_file(root: Path) -> None:
    (root / "notes").write_text("mine", encoding="utf-8")
    set_option(root, "output_dir", f'"{root.as_posix()}/notes/output"')


def state_of_another_run(root: Path) -> None:
    state = world.save_state(root / "output" / "demo-000001-state", 3, {"network_dim": 32, "output_name": "demo"})
    set_option(root, "resume", f'"{state.as_posix()}"')


def no_state(root: Path) -> None:
    set_option(root, "resume", f'"{root.as_posix()}/output/demo-state"')


def nothing_left(root: Path) -> None:
    state = world.save_state(root / "output" / "demo-state", 24, {"output_name": "demo"})
    set_option(root, "resume", f'"{state.as_posix()}"')


def no_prompts(root: Path) -> None:
    set_option(root, "sample_prompts", f'"{root.as_posix()}/prompts.txt"')


def weights_that_are_no_lora(root: Path) -> None:
    set_option(root, "network_weights", f'"{root.as_posix()}/model.safetensors"')


def no_vae(root: Path) -> None:
    world.safetensors(root / "model.safetensors", {k: v for k, v in world.SD1.items() if "first_stage" not in k})


def engine_not_there(root: Path) -> None:
    set_option(root, "engine", '"sd-scripts"')


def too_many_gpus(root: Path) -> None:
    set_option(root, "num_processes", "64")


def set_option(root: Path, name: str, value: str) -> None:
    config = root / "my cat.toml"
    kept = [line for line in config.read_text(encoding="utf-8").splitlines() if not line.startswith(f"{name} =")]
    config.write_text("\n".join([*kept, f"{name} = {value}"]), encoding="utf-8")


class Case(NamedTuple):
    """What is done to a good world, and words that the refusal must hold: the place and the remedy."""

    spoil: Callable[[Path], None]
    words: tuple[str, ...]


CASES = (
    Case(no_model, ("model.safetensors", "no model")),
    Case(truncated, ("model.safetensors", "again")),
    Case(text_file, ("model.safetensors", "text")),
    Case(code_in_a_pickle, ("model.ckpt", "print")),
    Case(sdxl_model, ("SDXL", "sd1", "model_type")),
    Case(lora_as_model, ("is a LoRA", "network_weights")),
    Case(empty_dataset, ("train", "picture")),
    Case(no_dataset, ("train",)),
    Case(corrupt_picture, ("3.png", "skip_corrupt_images")),
    Case(caption_not_utf8, ("1.txt", "UTF-8")),
    Case(unknown_key, ("lerning_rate", "learning_rate", "my cat.toml")),
    Case(wrong_number, ("learning_rate = '1e-4x' is not a number", "my cat.toml")),
    Case(broken_toml, ("my cat.toml", "line", "TOML")),
    Case(output_is_a_file, ("output_dir", "output")),
    Case(output_below_a_file, ("output_dir", "notes")),
    Case(state_of_another_run, ("another run", "network_dim was 32, now 4")),
    Case(no_state, ("demo-state", "resume")),
    Case(nothing_left, ("step 24 of 24", "max_train_epochs")),
    Case(no_prompts, ("sample_prompts", "prompts.txt")),
    Case(weights_that_are_no_lora, ("network_weights", "not a LoRA")),
    Case(no_vae, ("VAE",)),
    Case(engine_not_there, ("sd-scripts", "builtin")),
    Case(too_many_gpus, ("num_processes",)),
)


@pytest.mark.parametrize("case", CASES, ids=[case.spoil.__name__ for case in CASES])
@pytest.mark.parametrize("command", ["train", "check"])
def test_bad_requests_are_refused_with_the_remedy_and_change_nothing(
    command: str, case: Case, root: Path, config: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    case.spoil(root)
    before = world.everything_in(root)
    code = cli.main([command, str(config)])
    said = capfd.readouterr()
    text = said.err if command == "train" else said.out + said.err
    assert code == EXIT_WRONG_REQUEST, text
    assert [word for word in case.words if word not in text] == [], text
    assert "Traceback" not in text
    assert "this must never appear" not in said.out + said.err
    assert world.everything_in(root) == before


def test_a_full_disk_is_told_before_anything_is_written(
    root: Path, config: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = world.everything_in(root)
    full = shutil.disk_usage(root)._replace(free=1_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: full)
    assert cli.main(["train", str(config)]) == EXIT_WRONG_REQUEST
    said = capsys.readouterr().err
    assert "1.0 MB left" in said
    assert "output_dir" in said
    assert world.everything_in(root) == before


def test_several_problems_are_told_at_once(root: Path, config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    no_model(root)
    corrupt_picture(root)
    no_prompts(root)
    assert cli.main(["train", str(config)]) == EXIT_WRONG_REQUEST
    assert len(capsys.readouterr().err.strip().splitlines()) == 3


def test_a_refusal_is_json_for_programs(root: Path, config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    no_model(root)
    assert cli.main(["train", str(config), "--json"]) == EXIT_WRONG_REQUEST
    assert '"code": "model-not-found"' in capsys.readouterr().out


@pytest.mark.parametrize("missing", ["bitsandbytes", "xformers", "wandb"])
def test_packages_that_the_settings_need(
    missing: str, config: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(preflight, "find_spec", lambda _name: None)
    setting = {"bitsandbytes": "optimizer_type=AdamW8bit", "xformers": "xformers=true", "wandb": "log_with=all"}
    assert cli.main(["train", str(config), "--set", setting[missing]]) == EXIT_WRONG_REQUEST
    assert f"need {missing}, which is not installed" in capsys.readouterr().err


def test_a_refusal_in_a_process_of_its_own_loads_nothing_heavy(root: Path, config: Path) -> None:
    no_model(root)
    code = (
        "import sys; from mikazuki.cli.main import main; code = main(sys.argv[1:]); "
        "heavy = {'torch', 'diffusers', 'transformers', 'accelerate', 'numpy'} & set(sys.modules); "
        "sys.exit(f'loaded {heavy}' if heavy else code)"
    )
    repository = Path(__file__).parents[2]
    argv = [sys.executable, "-c", code, "train", str(config)]
    done = subprocess.run(argv, cwd=repository, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == EXIT_WRONG_REQUEST, done.stderr
