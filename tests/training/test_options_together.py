"""Options that people set together train together."""

import math
from pathlib import Path

import pytest
import torch

from tests.training import making, options_source
from tests.training.options_witness import (
    Witness,
    all_of,
    changes_weights,
    drawn_at,
    files,
    near,
    ranks,
    steps,
    told,
    validated,
)
from tests.training.options_world import Options, Seen, World

pytestmark = [pytest.mark.tiny, pytest.mark.filterwarnings("ignore:Paged optimizers:UserWarning")]

XL = {"pretrained_model_name_or_path": "{root}/models/tiny-sdxl.safetensors"}
UNET = {"network_train_unet_only": True}
LOKR = "algo=lokr factor=2 preset=attn-mlp"
BLOCKS = "loraplus_unet_lr_ratio=4 down_lr_weight=1,0.5,0 mid_lr_weight=1 up_lr_weight=linear"


def weighed(seen: Seen) -> None:
    """The mask lowers the losses."""
    assert all(0 < loss < plain for loss, plain in zip(seen.run.losses(), seen.plain().losses(), strict=True))


def up_weights_are_faster(seen: Seen) -> None:
    """Each block has two rates, the up weights' four times the other."""
    values = seen.run.of("metric")[0]["values"]
    plus = [name for name in values if name.startswith("lr/unet_block") and name.endswith(" plus")]
    assert plus
    assert all(values[name] == pytest.approx(4 * values[name.removesuffix(" plus")]) for name in plus)


def finds_rate(seen: Seen) -> None:
    """Prodigy tells the rate it found."""
    assert all("lr/d*lr/unet" in event["values"] for event in seen.run.of("metric"))


CASES: dict[str, tuple[Options, Options, Witness]] = {
    "everything small": (
        {"mixed_precision": "bf16", "full_bf16": True, "gradient_checkpointing": True, "optimizer_type": "AdamW8bit"},
        {},
        near,
    ),
    "8 bits on SDXL": (
        XL | UNET | {"mixed_precision": "bf16", "fp8_base": True, "cache_text_encoder_outputs": True},
        XL | UNET,
        near,
    ),
    "fp16 with its scaler": (
        {"mixed_precision": "fp16", "gradient_accumulation_steps": 2, "max_train_epochs": 1},
        {},
        steps(2),
    ),
    "datasets, regularisation, validation": (
        {"train_data_dir": None, "dataset_config": "{root}/datasets.toml", "validation_split": 0.4,
         "train_batch_size": 2},
        {},
        all_of(told(ss_num_reg_images="3", ss_num_train_images="6"), validated("epoch", 3)),
    ),
    "lokr and Prodigy": (
        {"network_module": "lycoris.kohya", "network_args": LOKR, "optimizer_type": "Prodigy", "learning_rate": 1,
         "optimizer_args": "decouple=True weight_decay=0.01"},
        {},
        all_of(finds_rate, told(ss_network_args=".*lokr.*", ss_optimizer="prodigyopt.*")),
    ),
    "dylora and schedule-free": (
        {"network_module": "networks.dylora", "network_dim": 4, "network_args": "unit=2",
         "optimizer_type": "AdamWScheduleFree"},
        {},
        ranks(4),
    ),
    "LoRA+ with blocks on SDXL": (XL | UNET | {"network_args": BLOCKS}, XL | UNET, up_weights_are_faster),
    "long weighted captions": (
        {"weighted_captions": True, "max_token_length": 225, "clip_skip": 2},
        {},
        told(ss_max_token_length="225", ss_clip_skip="2"),  # noqa: S106 - tokens of a caption
    ),
    "fused Adafactor": (
        {"optimizer_type": "Adafactor", "fused_backward_pass": True, "gradient_checkpointing": True,
         "optimizer_args": "relative_step=False scale_parameter=False warmup_init=False"},
        {},
        changes_weights,
    ),
    "going on from a file with its ranks": (
        {"network_weights": "{lora}", "dim_from_weights": True, "base_weights": "{lora}", "initial_step": 1,
         "network_dim": 16},
        {},
        all_of(ranks(2), steps(2, first=2)),
    ),
    "faces, colours, crops and masks": (
        {"face_crop_aug_range": "1.0,1.5", "color_aug": True, "flip_aug": True, "alpha_mask": True,
         "conditioning_data_dir": "{root}/masks", "masked_loss": True},
        {},
        weighed,
    ),
    "all noises": (
        {"noise_offset": 0.1, "adaptive_noise_scale": 0.1, "multires_noise_iterations": 6, "ip_noise_gamma": 0.1,
         "min_snr_gamma": 5, "loss_type": "huber", "huber_schedule": "exponential",
         "ip_noise_gamma_random_strength": True,
         "debiased_estimation_loss": True, "v_pred_like_loss": 0.1, "prior_loss_weight": 0.5,
         "reg_data_dir": "{root}/class"},
        {},
        steps(3),
    ),
    "all for v": (
        {"v_parameterization": True, "zero_terminal_snr": True, "scale_v_pred_loss_like_noise_pred": True,
         "min_snr_gamma": 5, "mixed_precision": "bf16", "sample_prompts": "{root}/prompts.txt",
         "sample_every_n_epochs": 1},
        {},
        drawn_at(3),
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    root = tmp_path_factory.mktemp("together")
    options_source.Album.folder = root / "other" / "1_sks thing"
    return World(root)


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_options_train_together(world: World, name: str) -> None:
    options, plain, witness = CASES[name]
    run = world.run(name, **options)
    assert run.finished
    assert all(math.isfinite(loss) and loss > 0 for loss in run.losses())
    assert all(bool(torch.isfinite(tensor).all()) for tensor in run.weights().values())
    witness(Seen(world, run, lambda: world.plain(**plain)))


@pytest.mark.slow
def test_masks_flips_and_crops_come_from_the_disk_as_they_were(world: World, tmp_path: Path) -> None:
    options: Options = {"train_data_dir": str(tmp_path), "masked_loss": True, "alpha_mask": True, "flip_aug": True}
    options |= {"random_crop": True, "cache_latents_to_disk": True, "max_train_epochs": 3}
    making_of = world.root / "pictures" / "1_sks thing"
    for name in ("a", "b"):
        (tmp_path / "1_x").mkdir(exist_ok=True)
        for path in making_of.iterdir():
            (tmp_path / "1_x" / path.name).write_bytes(path.read_bytes())
        first = world.run(f"disk {name}", **options)
        again = world.run(f"disk {name} again", **options)
        assert first.losses() == again.losses()
        assert making.same(first.weights(), again.weights())


PROMPT_FILES = {
    "prompts.txt": "# none\na cat --w 64 --h 72 --d 3 --s 2 --l 2 --n ugly --ss euler_a\na dog --s 1\n",
    "prompts.toml": '[prompt]\nwidth = 64\nheight = 72\nsample_steps = 2\n[[prompt.subset]]\nprompt = "a cat"\n'
    'seed = 3\nscale = 2\nnegative_prompt = "ugly"\nsample_sampler = "euler_a"\n[[prompt.subset]]\nprompt = "a dog"\n',
    "prompts.json": '[{"prompt": "a cat", "width": 64, "height": 72, "sample_steps": 2, "seed": 3, "scale": 2, '
    '"negative_prompt": "ugly", "sample_sampler": "euler_a"}, "a dog --s 1 --w 64"]',
}


@pytest.mark.slow
def test_prompts_of_all_kinds_draw_the_same(world: World, tmp_path: Path) -> None:
    drawn = []
    for name, text in PROMPT_FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        run = world.run(name, sample_prompts=str(tmp_path / name), sample_every_n_epochs=1)
        first, second = run.of("sample")
        assert (first["prompt"], first["seed"], second["prompt"]) == ("a cat", 3, "a dog")
        drawn.append(Path(first["path"]).read_bytes())
    assert drawn[0] == drawn[1] == drawn[2]


@pytest.mark.slow
def test_a_mean_is_kept_over_a_resume_with_files_removed(world: World) -> None:
    options: Options = {"ema_decay": 0.9, "save_every_n_epochs": 1, "save_last_n_epochs": 1, "max_train_epochs": 4}
    options |= {"save_every_n_steps": 3, "save_state": True, "gradient_accumulation_steps": 2, "network_dropout": 0.3}
    whole = world.run("mean", **options)
    again = world.run("mean again", resume=str(Path(whole.settings.output_dir) / "x-step00000003-state"), **options)
    assert again.losses() == whole.losses()[3:]
    assert making.same(again.weights(), whole.weights())
    kept = files("x-000003.safetensors", none=("x-000001.safetensors", "x-000002.safetensors"))
    kept(Seen(world, again, world.plain))


@pytest.mark.slow
@pytest.mark.parametrize(
    "network",
    [
        {"network_module": "networks.oft", "network_alpha": 0.1, "mixed_precision": "fp16"},
        {"network_module": "lycoris.kohya", "network_args": "algo=glora"},
        {"network_module": "lycoris.kohya", "network_args": "algo=diag-oft"},
        {"network_module": "lycoris.kohya", "network_args": "algo=lora dora_wd=true"},
        {"network_module": "lycoris.kohya", "network_args": "algo=ia3 preset=ia3"},
    ],
    ids=["oft", "glora", "diag-oft", "dora", "ia3"],
)
def test_8_bits_are_widened_for_networks_that_change_weights_themselves(world: World, network: Options) -> None:
    plain = {"mixed_precision": "bf16", "learning_rate": 1e-3} | network
    small = world.run(f"8 bits {len(world.runs)}", fp8_base=True, **plain)
    assert small.losses() == pytest.approx(world.plain(**plain).losses(), rel=0.02)
