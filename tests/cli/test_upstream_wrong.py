"""Corrupted and contradictory settings for upstream's scripts: each refused at once, all its faults in one answer."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from mikazuki.cli import main as cli
from mikazuki.engines.sd_scripts_place import Place
from tests.cli import world
from tests.engines import stand_in_upstream
from tests.settings.upstream.world import right

GONE = None
"""In a case: leave this option out of what the script needs."""

TARGETS = {
    "flux_train_network": ("lora", "flux"),
    "sd3_train_network": ("lora", "sd3"),
    "lumina_train_network": ("lora", "lumina"),
    "hunyuan_image_train_network": ("lora", "hunyuan_image"),
    "anima_train_network": ("lora", "anima"),
    "train_db": ("dreambooth", "sd1"),
    "fine_tune": ("fine_tune", "sd1"),
    "sdxl_train": ("full", "sdxl"),
    "flux_train": ("full", "flux"),
    "train_textual_inversion": ("textual_inversion", "sd1"),
    "sdxl_train_control_net": ("controlnet", "sdxl"),
    "sdxl_train_control_net_lllite": ("lllite", "sdxl"),
}
FLUX, SD3, ANIMA = "flux_train_network", "sd3_train_network", "anima_train_network"
DB, XL, WORD = "train_db", "sdxl_train", "train_textual_inversion"
CONTROL, LLLITE = "sdxl_train_control_net", "sdxl_train_control_net_lllite"
BUCKETS = {"enable_bucket": True}

CASES: list[tuple[str, dict[str, Any], tuple[str, ...]]] = [
    # what is missing
    (FLUX, {"ae": GONE, "t5xxl": GONE, "output_dir": GONE}, ("ae is missing", "t5xxl is missing", "output_dir is")),
    (SD3, {"train_data_dir": GONE, "resolution": GONE}, ("train_data_dir is missing", "resolution is missing")),
    ("lumina_train_network", {"gemma2": GONE, "network_module": GONE}, ("gemma2 is", "network_module is")),
    ("hunyuan_image_train_network", {"byt5": GONE, "text_encoder": GONE}, ("byt5 is", "text_encoder is")),
    (WORD, {"token_string": GONE, "output_dir": GONE}, ("token_string is missing", "output_dir is missing")),
    ("fine_tune", {"in_json": GONE, "learning_rate": 0}, ("in_json is missing", "nothing would be trained")),
    (CONTROL, {"conditioning_data_dir": GONE, "random_crop": True}, ("conditioning_data_dir is missing", "alike")),
    # names and kinds
    (FLUX, {"guidance_scal": 1.0, "blocks_too_swap": 2}, ("guidance_scale?", "blocks_to_swap?")),
    (FLUX, {"max_train_steps": "many", "network_dim": 1.5, "cache_latents": "yes"}, ("'many'", "1.5", "'yes'")),
    (SD3, {"network_dim": -4, "train_batch_size": 0, "seed": -1}, ("network_dim", "train_batch_size", "seed")),
    (DB, {"network_dim": 8, "guidance_scale": 1.0}, ("network_dim is an option of", "guidance_scale is an option of")),
    (ANIMA, {"loss_type": "l3", "lr_scheduler": "cosin"}, ("'l3' is none of", "cosin is not known")),
    (XL, {"resolution": "12x", "block_lr": "1,2"}, ("'12x'", "23 rates")),
    (XL, {"network_args": ["a"], "optimizer_args": ["decouple"]}, ("network_args", "key=value")),
    (WORD, {"optimizer_type": "AdamX", "sample_prompts": "cat.doc"}, ("AdamX is not known", "cat.doc")),
    (DB, {"mixed_precision": "fp17", "save_precision": "fp4"}, ("'fp17'", "'fp4'")),
    (DB, {"max_token_length": 100, "clip_skip": 0}, ("100 is none of", "clip_skip")),
    # what does not go together
    (FLUX, {"clip_skip": 2, "v2": True, "network_module": "networks.lora"}, ("clip_skip", "v2", "does not fit")),
    (FLUX, {"model_type": "chroma", "fp8_base": True}, ("apply_t5_attn_mask", "fp8_base needs mixed_precision")),
    (FLUX, BUCKETS | {"bucket_reso_steps": 32, "resolution": "128"}, ("multiple of 64", "min_bucket_reso 256")),
    (FLUX, {"cache_latents": True, "color_aug": True, "lowram": True, "highvram": True}, ("color_aug", "lowram and")),
    (SD3, {"cache_text_encoder_outputs": True, "shuffle_caption": True, "full_bf16": True}, ("shuffle", "full_bf16")),
    (ANIMA, {"attn_mode": "sageattn", "fp8_base": True, "mixed_precision": "bf16"}, ("sageattn", "fp8_base")),
    (XL, {"fused_backward_pass": True, "v2": True, "clip_skip": 2}, ("Adafactor only", "v2 means", "clip_skip")),
    (XL, {"optimizer_type": "Prodigy", "learning_rate": 1e-4, "lr_warmup_steps": 9}, ("finds the rate", "lr_warmup")),
    (DB, {"zero_terminal_snr": True, "adaptive_noise_scale": 0.1}, ("zero_terminal_snr", "noise_offset as well")),
    (DB, {"min_timestep": 900, "max_timestep": 100, "learning_rate": 1e30}, ("below max_timestep", "NaN")),
    (FLUX, {"resume": "x", "initial_step": 4, "sample_at_first": True}, ("leave initial_step", "sample_prompts")),
    ("flux_train", {"blocks_to_swap": 4, "cpu_offload_checkpointing": True, "v2": True}, ("swap and", "v2 and")),
    (LLLITE, {"masked_loss": True, "async_upload": True}, ("masked_loss is an option of", "huggingface_repo_id")),
    (SD3, {"optimizer_args": ["weight_decai=1"], "dataset_config": "d.toml"}, ("weight_decay?", "_config excludes")),
    # the launcher's keys beside the script's
    (FLUX, {"num_machines": 2, "machine_rank": 2, "clip_skip": 2}, ("machine_rank 2", "main_process_ip", "clip_skip")),
    (DB, {"main_process_port": 70000, "gpu_ids": "first", "seed": "x"}, ("main_process_port", "names no GPUs", "seed")),
]  # fmt: skip


@pytest.fixture(autouse=True)
def upstream(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIKAZUKI_SD_SCRIPTS", str(stand_in_upstream.checkout(root / "up")))
    monkeypatch.setenv("MIKAZUKI_SD_SCRIPTS_PYTHON", sys.executable)
    monkeypatch.setattr(Place, "missing", lambda _self: [])


def write(root: Path, text: str | bytes) -> Path:
    config = root / "wrong.toml"
    config.write_bytes(text if isinstance(text, bytes) else text.encode())
    return config


def refused(root: Path, config: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Start it in vain and return what was said, once and in one piece; nothing may be written."""
    before = world.everything_in(root)
    assert cli.main(["train", str(config), "--json"]) == 2
    assert world.everything_in(root) == before
    (error,) = json.loads(capsys.readouterr().out)["errors"]
    assert error["hint"]
    return str(error["message"])


def test_there_are_enough_of_them_over_many_scripts() -> None:
    assert len(CASES) >= 30
    assert {script for script, *_ in CASES} == TARGETS.keys()
    assert all(len(words) >= 2 for *_, words in CASES)


@pytest.mark.parametrize(
    ("script", "changes", "words"), CASES, ids=[f"{case[0]}-{'-'.join(case[1])}" for case in CASES]
)
def test_all_faults_are_in_one_answer(
    script: str, changes: dict[str, Any], words: tuple[str, ...], root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    method, family = TARGETS[script]
    values = {"method": method, "model_type": family, "engine": "sd-scripts"} | right(script) | changes
    text = "".join(f"{name} = {json.dumps(value)}\n" for name, value in values.items() if value is not GONE)
    said = refused(root, write(root, text), capsys)
    assert [word for word in words if word not in said] == [], said


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ('model_type = "flux"\nae = C:\\x\n', "not valid TOML"),
        ('model_type = "flux"\nae = "\u4e09"\n'.encode("gb18030"), "not UTF-8"),
        ('model_type = "flux"\n[a.b]\nseed = 1\n', "section inside a section"),
        ('model_type = "flux"\nseed = 1\n[x]\nseed = 2\n', "seed stands in"),
        ('model_type = "flux"\nmethod = "lllite"\n', "no script for method lllite"),
        ('model_type = "flx"\nae = "a"\n', "hunyuan_image, anima, chroma"),
        ('model_type = "flux"\nengine = "builtin"\n', "builtin engine does not train"),
    ],
    ids=["syntax", "encoding", "nested", "twice", "pair", "family", "engine"],
)
def test_a_corrupted_file_says_where(
    text: str | bytes, word: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert word in refused(root, write(root, text), capsys)
