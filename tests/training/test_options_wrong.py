"""Mistakes in options: the command line says in one paragraph what is wrong, and writes nothing."""

from pathlib import Path

import pytest

from mikazuki.cli import main as cli
from mikazuki.errors import EXIT_WRONG_REQUEST
from tests.cli import world

WRONG: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("resolution=12",), ("resolution", "64")),
    (("gpu_ids=x",), ("gpu_ids", "0,1")),
    (("log_tracker_config=none.toml",), ("log_tracker_config", "none.toml")),
    (("metadata_thumbnail=none.png",), ("metadata_thumbnail", "none.png")),
    (("train_batch_size=0",), ("train_batch_size", "1")),
    (("min_bucket_reso=2048",), ("min_bucket_reso", "resolution")),
    (("max_bucket_reso=16",), ("max_bucket_reso", "resolution")),
    (("bucket_reso_steps=12",), ("bucket_reso_steps", "8")),
    (("resize_interpolation=best",), ("resize_interpolation", "lanczos")),
    (("face_crop_aug_range=2",), ("face_crop_aug_range", "2")),
    (("masked_loss=true",), ("masked_loss", "conditioning_data_dir")),
    (("masked_loss=true", "conditioning_data_dir={root}/no"), ("conditioning_data_dir", "no")),
    (("dataset_config={root}/no.toml",), ("dataset_config", "train_data_dir")),
    (("dataset_config={root}/no.toml", 'train_data_dir=""'), ("dataset_config", "no.toml")),
    (("dataset_class=os.path",), ("dataset_class", "os.path")),
    (("in_json={root}/no.json",), ("no.json",)),
    (("reg_data_dir={root}/no",), ("reg_data_dir", "no")),
    (("validation_split=1",), ("validation_split", "below 1")),
    (("validation_split=-0.1",), ("validation_split", "0")),
    (("validate_every_n_steps=0",), ("validate_every_n_steps",)),
    (("secondary_separator=,,",), ("secondary_separator", "caption_separator")),
    (("caption_dropout_rate=1.5",), ("caption_dropout_rate", "1")),
    (("token_warmup_min=0",), ("token_warmup_min",)),
    (("max_token_length=100",), ("max_token_length", "75", "150", "225")),
    (("clip_skip=0",), ("clip_skip",)),
    (("cache_text_encoder_outputs=true",), ("cache_text_encoder_outputs", "network_train_unet_only")),
    (("cache_text_encoder_outputs=true", "network_train_unet_only=true", "shuffle_caption=true"),
     ("cache_text_encoder_outputs", "shuffle_caption")),
    (("network_module=networks.lokr",), ("network_module", "lycoris.kohya")),
    (("network_dim=0",), ("network_dim",)),
    (("network_args=conv_dims=4",), ("network_args", "conv_dim")),
    (("network_args=conv_dim",), ("network_args", "=")),
    (("network_args=block_dims=1,2",), ("block_dims",)),
    (("network_module=lycoris.kohya", "network_args=algo=lorah"), ("algo", "lora")),
    (("network_module=networks.dylora", "network_dim=4", "network_args=unit=3"), ("unit", "network_dim")),
    (("network_module=networks.oft", "network_dropout=0.1"), ("network_dropout",)),
    (("network_weights={root}/no.safetensors",), ("network_weights", "no.safetensors")),
    (("dim_from_weights=true",), ("dim_from_weights", "network_weights")),
    (("base_weights_multiplier=0.5",), ("base_weights_multiplier", "base_weights")),
    (("network_train_unet_only=true", "network_train_text_encoder_only=true"), ("exclude",)),
    (("learning_rate=0",), ("nothing would be trained",)),
    (("learning_rate=-1",), ("learning_rate", "0")),
    (("text_encoder_lr=1e-4 2e-4 3e-4",), ("text_encoder_lr", "two")),
    (("optimizer_type=AdamW9bit",), ("AdamW8bit",)),
    (("optimizer_type=os.system",), ("os.system", "may begin with")),
    (("use_8bit_adam=true", "use_lion_optimizer=true"), ("exclude",)),
    (("fused_backward_pass=true",), ("fused_backward_pass", "Adafactor")),
    (("optimizer_type=Prodigy", "unet_lr=1", "text_encoder_lr=0.5"), ("one rate",)),
    (("lr_scheduler=cosinus",), ("lr_scheduler", "cosine")),
    (("lr_warmup_steps=10",), ("lr_warmup_steps", "constant_with_warmup")),
    (("lr_scheduler=cosine", "lr_scheduler_args=cycles=2"), ("lr_scheduler_args", "cycles")),
    (("lr_scheduler_type=CosineAnnealing",), ("CosineAnnealingLR",)),
    (("lr_scheduler=piecewise_constant",), ("step_rules",)),
    (("lr_scheduler=cosine_with_min_lr",), ("lr_scheduler_min_lr_ratio",)),
    (("lr_warmup_steps=-1", "lr_scheduler=cosine"), ("lr_warmup_steps",)),
    (("gradient_accumulation_steps=0",), ("gradient_accumulation_steps",)),
    (("min_timestep=900", "max_timestep=800"), ("min_timestep", "max_timestep")),
    (("max_timestep=1001",), ("max_timestep", "1000")),
    (("adaptive_noise_scale=0.1",), ("noise_offset",)),
    (("multires_noise_discount=2",), ("multires_noise_discount",)),
    (("loss_type=l3",), ("loss_type", "l2")),
    (("huber_c=0",), ("huber_c",)),
    (("zero_terminal_snr=true",), ("zero_terminal_snr",)),
    (("v_parameterization=true", "v_pred_like_loss=0.1"), ("v_pred_like_loss",)),
    (("max_train_epochs=0",), ("max_train_epochs",)),
    (("seed=-1",), ("seed",)),
    (("mixed_precision=fp8",), ("mixed_precision", "bf16")),
    (("full_bf16=true",), ("full_bf16", "mixed_precision")),
    (("fp8_base=true", "mixed_precision=no"), ("fp8_base", "mixed_precision")),
    (("lowram=true", "highvram=true"), ("exclude",)),
    (("cpu_offload_checkpointing=true",), ("gradient_checkpointing",)),
    (("dynamo_backend=fast",), ("dynamo_backend", "inductor")),
    (("num_processes=0",), ("num_processes",)),
    (("ddp_timeout=0",), ("ddp_timeout",)),
    (("engine=kohya",), ("engine", "sd-scripts")),
    (("output_name=a/b",), ("output_name",)),
    (("save_model_as=zip",), ("save_model_as", "safetensors")),
    (("save_precision=fp8",), ("save_precision", "bf16")),
    (("save_every_n_steps=0",), ("save_every_n_steps",)),
    (("initial_step=5", "max_train_steps=5", "max_train_epochs="), ("initial_step", "max_train_steps")),
    (("resume_from_huggingface=true",), ("resume",)),
    (("sample_every_n_steps=5",), ("sample_prompts",)),
    (("sample_prompts={root}/no.txt",), ("no.txt",)),
    (("sample_sampler=euler_b",), ("sample_sampler", "euler_a")),
    (("log_with=comet",), ("log_with", "tensorboard")),
    (("console_log_level=LOUD",), ("console_log_level", "INFO")),
    (("async_upload=true",), ("async_upload", "huggingface_repo_id")),
    (("huggingface_repo_visibility=hidden",), ("huggingface_repo_visibility", "private")),
    (("deepspeed=true",), ("deepspeed",)),
    (("vae={root}/no.pt",), ("vae", "no.pt")),
)  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    world.make(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("changes", "words"), WRONG, ids=[" ".join(changes) for changes, _ in WRONG])
def test_a_mistake_is_told_in_one_paragraph_and_changes_nothing(
    root: Path, changes: tuple[str, ...], words: tuple[str, ...], capfd: pytest.CaptureFixture[str]
) -> None:
    before = world.everything_in(root)
    sets = [part for change in changes for part in ("--set", change.replace("{root}", root.as_posix()))]
    code = cli.main(["check", str(root / "my cat.toml"), *sets])
    said = capfd.readouterr()
    text = said.out + said.err
    assert code == EXIT_WRONG_REQUEST, text
    assert [word for word in words if word not in text] == [], text
    assert "Traceback" not in text
    assert "\n\n" not in said.err.strip()
    assert world.everything_in(root) == before
