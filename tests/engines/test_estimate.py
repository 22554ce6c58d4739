import json
import math
from pathlib import Path

import pytest

from mikazuki.data.plan import Bucket, Plan
from mikazuki.engines.estimate import Estimate, estimate, memory_bytes, network_parameters, saves_of, text_shapes
from mikazuki.models.families import FamilyName, Layout
from mikazuki.models.identify import ModelInfo
from mikazuki.settings.load import load_toml
from mikazuki.settings.train import TrainSettings

CONTRACT = Path(__file__).parents[3] / "shared" / "contract"
GB = 1e9


def settings(**changes: object) -> TrainSettings:
    return TrainSettings.model_validate({"pretrained_model_name_or_path": "m", "train_data_dir": "d", **changes})


def plan(*, steps: int = 100, epochs: int = 10, side: int = 512) -> Plan:
    return Plan(
        entries=(),
        subsets=(),
        buckets=(Bucket((side, side), 10),),
        num_train_images=10,
        num_reg_images=0,
        batches_per_epoch=10,
        steps_per_epoch=10,
        max_train_steps=steps,
        max_train_epochs=epochs,
        mean_img_ar_error=0.0,
        warnings=(),
        notes=(),
    )


def model(family: FamilyName, shapes: dict[str, tuple[int, ...]], path: Path = Path("m")) -> ModelInfo:
    layout: Layout = "diffusers" if path.is_dir() else "single"
    return ModelInfo(path, layout, family, "epsilon", has_vae=True, bytes=1, resolution=512, shapes=shapes)


def contract_model(family: FamilyName) -> ModelInfo:
    name = {"sd1": "ckpt_sd15_keys.json", "sdxl": "ckpt_sdxl_keys.json"}[family]
    if not CONTRACT.is_dir():
        pytest.skip("the list of a full-size model's tensors is not in this checkout")
    keys = json.loads((CONTRACT / name).read_text(encoding="utf-8"))
    return model(family, {key: tuple(shape) for key, shape in keys.items()})


@pytest.mark.parametrize(
    ("family", "args", "parameters"),
    [("sd1", (), 4_718_592), ("sd1", ("conv_dim=4",), 7_557_632), ("sdxl", (), 28_504_064)],
)
def test_the_count_is_exact_for_full_size_models(family: FamilyName, args: tuple[str, ...], parameters: int) -> None:
    assert network_parameters(contract_model(family), settings(network_dim=8, network_args=args)) == parameters


UNET = {
    "conv_in.weight": (8, 4, 3, 3),
    "down_blocks.0.resnets.0.conv1.weight": (8, 8, 3, 3),
    "down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_q.weight": (8, 8),
    "down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_q.bias": (8,),
}


def folder_model(tmp_path: Path) -> ModelInfo:
    (tmp_path / "text_encoder").mkdir()
    config = {"hidden_size": 4, "intermediate_size": 16, "num_hidden_layers": 2}
    (tmp_path / "text_encoder" / "config.json").write_text(json.dumps(config), encoding="utf-8")
    return model("sd1", UNET, tmp_path)


def test_a_folders_text_encoder_is_counted_by_its_configuration(tmp_path: Path) -> None:
    info = folder_model(tmp_path)
    unet, text = 2 * (8 + 8), 2 * 2 * (4 * (4 + 4) + 2 * (4 + 16))
    assert network_parameters(info, settings(network_dim=2)) == unet + text
    assert network_parameters(info, settings(network_dim=2, network_train_unet_only=True)) == unet
    assert network_parameters(info, settings(network_dim=2, text_encoder_lr=0)) == unet
    assert network_parameters(info, settings(network_dim=2, network_train_text_encoder_only=True)) == text
    with_conv = settings(network_dim=2, network_train_unet_only=True, network_args="conv_dim=1")
    assert network_parameters(info, with_conv) == unet + 8 * 9 + 8
    assert len(text_shapes(info)) == 12


def test_a_fused_projection_stands_for_three() -> None:
    info = model("sd2", {"cond_stage_model.model.transformer.resblocks.0.attn.in_proj_weight": (12, 4)})
    assert network_parameters(info, settings(network_dim=2)) == 3 * 2 * (4 + 4)


@pytest.mark.parametrize(
    ("changes", "files"),
    [
        ({}, 1),
        ({"save_every_n_epochs": 5}, 2),
        ({"save_every_n_epochs": 3}, 4),
        ({"save_every_n_epochs": 1}, 10),
        ({"save_every_n_steps": 50}, 2),
        ({"save_every_n_steps": 30, "save_every_n_epochs": 5}, 5),
        ({"save_every_n_epochs": 99}, 1),
        ({"save_n_epoch_ratio": 5}, 5),
        ({"save_every_n_epochs": 1, "save_last_n_epochs": 2}, 4),
        ({"save_every_n_steps": 10, "save_last_n_steps": 20}, 5),
        ({"save_every_n_steps": 10, "save_last_n_steps": 500}, 10),
    ],
)
def test_how_many_files_a_run_has_at_most(changes: dict[str, int], files: int) -> None:
    assert saves_of(plan(), settings(**changes)) == files


def test_the_disk_holds_all_files_and_room_for_replacing_a_state() -> None:
    assert Estimate(1, checkpoint=10, checkpoints=3, state=100, states=0, memory=0).disk == 30
    assert Estimate(1, checkpoint=10, checkpoints=3, state=100, states=3, memory=0).disk == 430


def test_precision_in_the_file_counts(tmp_path: Path) -> None:
    info = folder_model(tmp_path)
    whole = estimate(info, settings(network_dim=8), plan())
    half = estimate(info, settings(network_dim=8, save_precision="fp16"), plan())
    assert whole.checkpoint - half.checkpoint == whole.parameters * 2


def test_a_merged_model_lies_beside_every_checkpoint(tmp_path: Path) -> None:
    single = model("sd1", UNET)
    for info, precision, expected in (
        (single, None, single.bytes),
        (single, "fp16", 2 * sum(map(math.prod, UNET.values()))),
        (folder_model(tmp_path), "fp16", 1),
    ):
        alone = estimate(info, settings(save_precision=precision, save_every_n_epochs=5), plan())
        both = estimate(info, settings(save_precision=precision, save_every_n_epochs=5, save_merged_model=True), plan())
        assert both.checkpoint - alone.checkpoint == expected
        assert both.disk - alone.disk == 2 * expected


def test_memory_is_near_what_was_measured() -> None:
    """SD1.5, LoRA 16, batch 1, 32x32 latents on a CPU: 4.6 GB in fp32, 2.6 GB in bf16."""
    info = contract_model("sd1")
    measured = {"no": 4.6, "bf16": 2.6}
    for precision, gigabytes in measured.items():
        wanted = settings(mixed_precision=precision, network_train_unet_only=True, network_dim=16)
        found = memory_bytes(info, wanted, plan(side=256), network_parameters(info, wanted)) / GB
        assert math.isclose(found, gigabytes, rel_tol=0.15), (precision, found)


def test_memory_of_sdxl_s_whole_unet_is_near_what_was_counted() -> None:
    """benchmarks/sdxl_memory.py, 1024 x 1024: 7.1 GB of tensors, and 0.6 GB that a GPU's context may take."""
    info = contract_model("sdxl")
    preset = load_toml(Path(__file__).parents[2] / "config" / "presets" / "sdxl-fine-tune.toml")
    wanted = settings(**preset)
    counted = 7.1e9 + 0.6e9
    assert counted < estimate(info, wanted, plan(side=1024)).memory < 1.15 * counted
    live = settings(**{**wanted.model_dump(exclude_unset=True), "cache_text_encoder_outputs": False})
    texts = sum(math.prod(shape) for shape in text_shapes(info).values())
    more = estimate(info, live, plan(side=1024)).memory - estimate(info, wanted, plan(side=1024)).memory
    assert more == pytest.approx(2 * texts, rel=1e-3)


def test_memory_grows_with_pictures_and_shrinks_with_checkpointing(tmp_path: Path) -> None:
    info = folder_model(tmp_path)
    base = memory_bytes(info, settings(), plan(), 0)
    assert memory_bytes(info, settings(train_batch_size=2), plan(), 0) > base
    assert memory_bytes(info, settings(gradient_checkpointing=True), plan(), 0) < base
