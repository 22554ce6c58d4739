"""Settings files of other programs are taken over in our words, and what has no place is explained."""

import json
from pathlib import Path
from typing import Any

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.settings.load import load_toml, parse, toml_value
from mikazuki.settings.old_files import Imported, foreign, import_file
from mikazuki.settings.target import Target, parse_for_target, target_of
from mikazuki.settings.train import TrainSettings
from mikazuki.settings.upstream.check import UpstreamSettings

BASE = {"pretrained_model_name_or_path": "./sd-models/model.safetensors", "train_data_dir": "./train/aki"}

SHELL = """#!/bin/bash
# Settings
pretrained_model="./sd-models/model.ckpt" # base model
is_v2_model=0                             # SD2.0
parameterization=0
train_data_dir="./train/aki"
reg_data_dir=""
network_module="{module}"
network_dim=32
network_alpha=32
resolution="512,768"
batch_size=1
max_train_epoches=10
train_unet_only=1
stop_text_encoder_training=0
noise_offset="0"
min_snr_gamma=0
lr="1e-4"
unet_lr="5e-5"
lr_scheduler="cosine_with_restarts"
lr_restart_cycles=3
optimizer_type="DAdaptation"
output_name="aki"
save_state=0
clip_skip=2
multi_gpu=1
lowram=0
algo="loha"
conv_dim=4
conv_alpha=2
dropout="0"
use_wandb=1
wandb_api_key="sk-secret"

extArgs=()
if [[ $is_v2_model == 1 ]]; then extArgs+=("--v2"); fi
python -m accelerate.commands.launch ${{launchArgs[@]}} --num_cpu=8 "./sd-scripts/train_network.py" \\
  --enable_bucket \\
  --train_data_dir=$train_data_dir \\
  --output_dir="./output" \\
  --mixed_precision="fp16" --seed="1337" --cache_latents \\
  --max_token_length=225 --caption_extension=".txt" \\
  --xformers --shuffle_caption ${{extArgs[@]}}
"""

KOHYA = {
    "LoRA_type": "LyCORIS/LoKr", "LyCORIS_preset": "full", "additional_parameters": "", "adaptive_noise_scale": 0,
    "bucket_no_upscale": True, "bucket_reso_steps": 64, "cache_latents": True, "caption_extension": ".txt",
    "clip_skip": "1", "conv_alpha": 1, "conv_dim": 8, "decompose_both": False, "dim_from_weights": False,
    "enable_bucket": True, "epoch": 15, "factor": 6, "gpu_ids": "", "keep_tokens": "1", "learning_rate": 1.0,
    "lr_scheduler": "cosine", "lr_warmup": 10, "max_data_loader_n_workers": "2", "max_resolution": "768,768",
    "max_timestep": 1000, "max_token_length": "75", "max_train_epochs": "", "max_train_steps": "", "min_timestep": 0,
    "min_snr_gamma": 5, "mixed_precision": "bf16", "model_list": "custom", "multires_noise_discount": 0.1,
    "multires_noise_iterations": 6, "network_alpha": 1, "network_dim": 16, "network_dropout": 0,
    "noise_offset": 0.05, "noise_offset_type": "Multires", "num_cpu_threads_per_process": 2, "optimizer": "Prodigy",
    "optimizer_args": '"d0=1e-5" "weight_decay=0.4"', "output_name": "koopa", "rank_dropout": 0.1, "sdxl": False,
    "seed": "", "shuffle_caption": True, "text_encoder_lr": 0, "train_batch_size": 2, "unet_lr": 1.0,
    "xformers": "sdpa", "sample_prompts": "a cat --w 512\na dog --w 512", "sample_every_n_epochs": 1,
    "use_cp": False, "vae_batch_size": 0,
    **BASE,
}  # fmt: skip


def toml(values: dict[str, Any]) -> str:
    return "".join(f"{name} = {toml_value(value)}\n" for name, value in values.items())


def taken(folder: Path, name: str, text: str) -> Imported:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return import_file(path)


def dropped(found: Imported) -> dict[str, str]:
    return {change.name: change.text for change in found.changes if change.kind == "dropped"}


def settings_of(found: Imported) -> TrainSettings:
    assert found.problems == ()
    prompts = {"sample_prompts": "prompts.txt"} if found.prompts else {}
    return parse(TrainSettings, found.values | prompts, "imported")


def test_a_file_of_lora_scripts_form(tmp_path: Path) -> None:
    values = BASE | {
        "model_train_type": "sdxl-lora", "resolution": "1024,1024", "enable_bucket": True, "max_token_length": 255,
        "clip_skip": 2, "xformers": True, "network_module": "networks.lora", "network_dim": 32,
        "learning_rate": "1e-4", "optimizer_type": "AdamW8bit", "gpu_ids": ["GPU 0: RTX (24 GB)", "1"],
        "positive_prompts": "1girl,\nsolo", "negative_prompts": "lowres", "sample_width": 512, "sample_height": 768,
        "sample_cfg": 7, "sample_seed": 2333, "sample_steps": 24, "sample_every_n_epochs": 2, "gan_lambda": 2,
        "caption_extension": ".txt", "wandb_api_key": "sk-1", "ddp_timeout": 0, "frob": 3,
    }  # fmt: skip
    found = taken(tmp_path, "20240101.toml", toml(values))
    assert (found.origin, found.target) == ("lora-scripts", Target("lora", "sdxl"))
    settings = settings_of(found)
    assert (settings.model_type, settings.resolution, settings.max_token_length) == ("sdxl", (1024, 1024), 225)
    assert (settings.gpu_ids, settings.num_processes) == ("0,1", 2)
    assert (settings.xformers, settings.sdpa, settings.clip_skip) == (False, True, None)
    assert dropped(found).keys() == {"clip_skip", "wandb_api_key", "gan_lambda", "frob"}
    assert "sk-1" not in str(found.changes)
    files = found.files(tmp_path / "new.toml")
    assert files[tmp_path / "new-prompts.txt"] == "1girl, solo --n lowres --w 512 --h 768 --l 7 --s 24 --d 2333\n"
    (tmp_path / "new.toml").write_text(files[tmp_path / "new.toml"], encoding="utf-8")
    again = parse(TrainSettings, load_toml(tmp_path / "new.toml"), "new.toml")
    assert again.sample_prompts == (tmp_path / "new-prompts.txt").as_posix()


def test_arguments_are_taken_in_all_their_forms(tmp_path: Path) -> None:
    for text in ('["d_coef=2", "decouple=True"]', '"d_coef=2 decouple=True"', "{d_coef = 2, decouple = true}"):
        body = toml(BASE | {"optimizer_type": "Prodigy"}) + f"[optimizer_arguments]\noptimizer_args = {text}\n"
        found = settings_of(taken(tmp_path, "old.toml", body))
        assert [word.lower() for word in found.optimizer_args] == ["d_coef=2", "decouple=true"]


def test_a_forms_own_lists_and_fields_reach_the_arguments(tmp_path: Path) -> None:
    values = BASE | {
        "model_train_type": "sd-lora", "network_module": "lycoris.kohya", "lycoris_algo": "lokr", "conv_dim": 4,
        "conv_alpha": 1, "lokr_factor": 8, "dropout": 0, "train_norm": False, "network_args_custom": ["dora_wd=True"],
        "optimizer_type": "Prodigy", "prodigy_d_coef": "2.0", "prodigy_d0": "",
        "optimizer_args_custom": ["betas=0.9,0.99"],
    }  # fmt: skip
    settings = settings_of(taken(tmp_path, "form.json", json.dumps(values)))
    assert set(settings.network_args) == {"algo=lokr", "conv_dim=4", "conv_alpha=1", "factor=8", "dora_wd=True"}
    assert settings.optimizer_args == ("d_coef=2.0", "betas=0.9,0.99")


def test_sections_and_old_names(tmp_path: Path) -> None:
    text = (
        '[model_arguments]\npretrained_model_name_or_path = "m.ckpt"\n[dataset_arguments]\ntrain_data_dir = "d"\n'
        'resolution = "512,512"\n[training_arguments]\nresolution = "640,640"\nlr_restart_cycles = 4\nseed = 7\n'
        'lr_scheduler = "cosine_with_restarts"\nenable_contrastive = false\nnoise_strength = 1.0\n'
    )
    found = taken(tmp_path, "lora.toml", text)
    settings = settings_of(found)
    assert (settings.lr_scheduler_num_cycles, settings.resolution) == (4, (640, 640))
    assert len(found.notes) == 1
    assert "resolution" in found.notes[0]
    assert dropped(found).keys() == {"noise_strength"}, "what is off is not worth a line"
    assert not settings.enable_bucket, "sd-scripts makes no buckets unasked"
    assert settings.caption_extension == ".caption"


def test_a_preset_of_lora_scripts(tmp_path: Path) -> None:
    text = (
        '[metadata]\nname = "x"\ntrain_type = "flux-lora"\n[data]\nmodel_type = "chroma"\n'
        'apply_t5_attn_mask = true\ntimestep_sampling = "sigmoid"\nguidance_scale = 0.0\n'
    )
    found = taken(tmp_path, "chroma.toml", text)
    assert found.target == Target("lora", "chroma")
    assert found.target.script.name == "flux_train_network"
    assert found.values["engine"] == "sd-scripts"
    assert found.values["guidance_scale"] == 0.0
    assert any("pretrained_model_name_or_path" in problem for problem in found.problems)


def test_a_flux_file_is_checked_by_upstreams_options(tmp_path: Path) -> None:
    values = BASE | {
        "model_train_type": "flux-lora", "ae": "ae.safetensors", "clip_l": "clip_l.safetensors",
        "t5xxl": "t5.safetensors",
        "network_module": "networks.lora_flux", "network_dim": "16", "guidance_scale": 1, "cache_latents": True,
        "output_dir": "./output", "output_name": "f", "resolution": "768,768", "clip_skip": 2, "fp8_base": True,
        "mixed_precision": "bf16", "network_train_unet_only": True, "timestep_sampling": "sideways",
        "learning_rate": "1e-4", "max_train_epochs": 10, "save_precision": "bf16",
    }  # fmt: skip
    found = taken(tmp_path, "flux.toml", toml(values))
    assert found.problems == ()
    assert dropped(found).keys() == {"clip_skip", "timestep_sampling"}
    checked = parse_for_target(found.values, "flux")
    assert isinstance(checked, UpstreamSettings)
    assert checked.script == "flux_train_network"
    assert (checked.values["network_dim"], checked.values["learning_rate"]) == (16, 1e-4)
    assert target_of(found.values) == Target("lora", "flux", "sd-scripts")


@pytest.mark.parametrize(("name", "encoding"), [("train.sh", "utf-8"), ("train.ps1", "gb18030")])
def test_the_scripts_of_lora_scripts(tmp_path: Path, name: str, encoding: str) -> None:
    text = SHELL.format(module="lycoris.kohya")
    if name.endswith("ps1"):
        head, _, rest = text.partition("extArgs=()")
        head = "\n".join(f"${line}" if "=" in line else line for line in head.splitlines())
        text = f"{head} # \u5173\u952e\n{rest}".replace(" \\\n", " `\n").replace(
            "python -m accelerate.commands.", "accelerate "
        )
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    found = import_file(path)
    settings = settings_of(found)
    assert settings.pretrained_model_name_or_path == "./sd-models/model.ckpt"
    assert (settings.resolution, settings.max_train_epochs, settings.train_batch_size) == ((512, 768), 10, 1)
    assert (settings.learning_rate, settings.unet_lr, settings.lr_scheduler_num_cycles) == (1e-4, 5e-5, 3)
    assert settings.network_train_unet_only
    assert not settings.lowram
    assert set(settings.network_args) == {"algo=loha", "conv_dim=4", "conv_alpha=2"}
    assert settings.optimizer_args == ("decouple=True",)
    assert (settings.num_processes, settings.log_with) == (2, "all")
    assert (settings.mixed_precision, settings.seed, settings.max_token_length) == ("fp16", 1337, 225)
    assert (settings.shuffle_caption, settings.enable_bucket, settings.caption_extension) == (True, True, ".txt")
    assert dropped(found).keys() == {"wandb_api_key"}


def test_what_only_lycoris_takes_is_left_out_with_another_network(tmp_path: Path) -> None:
    settings = settings_of(taken(tmp_path, "train.sh", SHELL.format(module="networks.lora")))
    assert settings.network_args == ()


def test_a_file_of_kohya_ss(tmp_path: Path) -> None:
    found = taken(tmp_path, "koopa.json", json.dumps(KOHYA))
    assert found.origin == "kohya_ss"
    settings = settings_of(found)
    assert settings.network_module == "lycoris.kohya"
    assert set(settings.network_args) == {"algo=lokr", "conv_dim=8", "conv_alpha=1", "factor=6", "rank_dropout=0.1"}
    assert settings.optimizer_type == "Prodigy"
    assert settings.optimizer_args == ("d0=1e-5", "weight_decay=0.4")
    assert (settings.max_train_epochs, settings.resolution, settings.keep_tokens) == (15, (768, 768), 1)
    assert settings.lr_warmup_steps == pytest.approx(0.1)
    assert (settings.network_train_unet_only, settings.text_encoder_lr) == (True, None)
    assert (settings.noise_offset, settings.multires_noise_iterations) == (0.0, 6)
    assert settings.max_timestep is None
    assert found.prompts == "a cat --w 512\na dog --w 512\n"
    assert "num_cpu_threads_per_process" in dropped(found)
    assert "bucket_reso_steps" not in found.values, "the default is not worth a line"


def test_further_flags_of_kohya_ss_come_last(tmp_path: Path) -> None:
    further = '--lr_scheduler_type "CosineAnnealingLR" --lr_scheduler_args "T_max=100" "eta_min=0" --seed=7 --full_bf16'
    values = BASE | {"LoRA_type": "Standard", "seed": "1", "additional_parameters": further, "mixed_precision": "bf16"}
    settings = settings_of(taken(tmp_path, "old.json", json.dumps(values)))
    assert (settings.lr_scheduler_type, settings.lr_scheduler_args) == ("CosineAnnealingLR", ("T_max=100", "eta_min=0"))
    assert (settings.seed, settings.full_bf16) == (7, True)


@pytest.mark.parametrize(
    ("kind", "box", "target", "module"),
    [
        ("Standard", {}, Target(), "networks.lora"),
        ("Standard", {"sdxl": True}, Target("lora", "sdxl"), "networks.lora"),
        ("LoRA-FA", {"v2": True}, Target(), "networks.lora_fa"),
        ("Flux1", {"flux1_checkbox": True}, Target("lora", "flux"), "networks.lora_flux"),
        ("Anima", {"anima_checkbox": True}, Target("lora", "anima"), "networks.lora_anima"),
    ],
)
def test_kinds_of_lora_of_kohya_ss(
    tmp_path: Path, kind: str, box: dict[str, bool], target: Target, module: str
) -> None:
    found = taken(tmp_path, "old.json", json.dumps(BASE | {"LoRA_type": kind, "conv_dim": 4, "conv_alpha": 1} | box))
    assert found.target == target
    assert found.values.get("network_module", "networks.lora") == module
    assert "network_args" not in found.values, "a plain LoRA has no convolutions, whatever the form still says"


@pytest.mark.parametrize(
    ("values", "target"),
    [
        ({"token_string": "sks", "init_word": "cat", "template": "caption"}, Target("textual_inversion", "sd1")),
        ({"full_path": True, "sdxl_checkbox": True}, Target("fine_tune", "sdxl")),
        ({"learning_rate_te": 1e-6, "v2": True}, Target("dreambooth", "sd2")),
        ({"max_resolution": "1024,1024", "sd3_checkbox": True, "max_token_length": 150}, Target("dreambooth", "sd3")),
    ],
)
def test_other_methods_of_kohya_ss(tmp_path: Path, values: dict[str, Any], target: Target) -> None:
    given = BASE | {"max_resolution": "512,512", "learning_rate": 1e-5} | values
    found = taken(tmp_path, "old.json", json.dumps(given))
    assert found.target == target
    assert found.values["method"] == target.method
    assert found.values["learning_rate"] == 1e-5
    assert not {"network_module", "network_train_unet_only"} & found.values.keys()


def test_boxes_and_fields_that_count_for_one_family_alone(tmp_path: Path) -> None:
    form = BASE | {
        "LoRA_type": "Standard", "sdxl_no_half_vae": True, "lr_scheduler": "constant", "lr_warmup": 10,
        "vae_batch_size": 0, "dynamo_backend": "no", "log_with": "", "lr_scheduler_power": "", "guidance_scale": 3.5,
    }  # fmt: skip
    plain = taken(tmp_path, "plain.json", json.dumps(form))
    assert not settings_of(plain).no_half_vae
    assert settings_of(plain).lr_warmup_steps == 0
    assert dropped(plain).keys() == {"guidance_scale"}
    assert "other methods or models" in dropped(plain)["guidance_scale"]
    assert settings_of(taken(tmp_path, "xl.json", json.dumps(form | {"sdxl": True}))).no_half_vae


def test_a_value_that_cannot_be_is_left_out_and_what_does_not_go_together_is_said(tmp_path: Path) -> None:
    values = BASE | {"network_dim": 0.5, "lr_scheduler": "sideways", "v2": True, "model_type": "sdxl"}
    found = taken(tmp_path, "old.toml", toml(values))
    assert dropped(found).keys() == {"network_dim", "lr_scheduler"}
    assert "sideways" in dropped(found)["lr_scheduler"]
    assert any("v2 and model_type" in problem for problem in found.problems)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.toml", "x = ", "not valid TOML"),
        ("a.json", "{", "not valid JSON"),
        ("a.json", "[1]", "holds no options by name"),
        ("a.json", '{"img/1.png": {"tags": "a"}}', "none of its 1 names is an option"),
        ("a.sh", "echo hello\n", "no settings of a training"),
        ("a.sh", 'settings=(\n  seed="1"\n)\n', "script of this very program"),
    ],
)
def test_what_is_no_settings_file_is_refused(tmp_path: Path, name: str, text: str, words: str) -> None:
    with pytest.raises(MikazukiError, match=words):
        taken(tmp_path, name, text)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MikazukiError, match="cannot be read"):
        import_file(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("name", "text", "whose"),
    [
        ("a.toml", 'model_train_type = "sd-lora"\n', "a file of lora-scripts"),
        ("a.json", '{"LoRA_type": "Standard"}', "a file of kohya_ss"),
        ("train.sh", SHELL.format(module="networks.lora"), "a train.ps1 or train.sh"),
        ("a.toml", "seed = 1\n[network]\nnetwork_dim = 4\n", None),
        ("a.toml", "seed = ", None),
    ],
)
def test_other_programs_files_are_recognised(tmp_path: Path, name: str, text: str, whose: str | None) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    found = foreign(path)
    assert (whose in found.message) if found and whose else found is None and whose is None
    if found:
        assert f"python -m mikazuki import {path} -o a-imported.toml".replace("a-", f"{path.stem}-") in found.hint
