"""A run that was stopped in an epoch and goes on is the run that was not, bit for bit, whatever is set."""

from pathlib import Path

import pytest

from tests.training import making
from tests.training.options_table import OPTIMIZERS
from tests.training.options_world import Options, World

pytestmark = [pytest.mark.tiny, pytest.mark.slow, pytest.mark.filterwarnings("ignore:Paged optimizers:UserWarning")]

GROUPS: dict[str, Options] = {
    "random_crop": {"random_crop": True, "flip_aug": True},
    "crops without a cache": {"random_crop": True, "cache_latents": False},
    "face crops": {"face_crop_aug_range": "1.0,2.0"},
    "color_aug": {"color_aug": True},
    "wildcards": {"enable_wildcard": True, "shuffle_caption": True, "caption_tag_dropout_rate": 0.3},
    "token warm-up by steps": {"token_warmup_step": 5, "token_warmup_min": 1},
    "token warm-up by share": {"token_warmup_step": 0.8, "shuffle_caption": True},
    "caption dropout": {"caption_dropout_rate": 0.4, "caption_dropout_every_n_epochs": 2},
    "network dropouts": {"network_dropout": 0.3, "network_args": "rank_dropout=0.2 module_dropout=0.1"},
    "lycoris dropouts": {"network_module": "lycoris.kohya",
                         "network_args": "algo=lora rank_dropout=0.2 module_dropout=0.1 dropout=0.1"},
    "noises": {"multires_noise_iterations": 4, "noise_offset": 0.1, "noise_offset_random_strength": True,
               "ip_noise_gamma": 0.1, "ip_noise_gamma_random_strength": True},
    "validation": {"validation_split": 0.4, "validate_every_n_steps": 2, "network_dropout": 0.3},
    "mean": {"ema_decay": 0.9},
    "norms": {"scale_weight_norms": 0.05},
    "accumulation": {"gradient_accumulation_steps": 2, "network_dropout": 0.2},
    "masks": {"masked_loss": True, "conditioning_data_dir": "{root}/masks", "reg_data_dir": "{root}/class"},
    "fp16": {"mixed_precision": "fp16"},
    "full_bf16": {"mixed_precision": "bf16", "full_bf16": True},
    "fp8": {"mixed_precision": "bf16", "fp8_base": True},
    "samples": {"sample_prompts": "{root}/prompts.txt", "sample_every_n_steps": 2, "sample_at_first": True},
    "dylora": {"network_module": "networks.dylora", "network_args": "unit=1"},
    "lora_fa": {"network_module": "networks.lora_fa"},
    "oft": {"network_module": "networks.oft", "network_alpha": 0.1},
    "started from a file": {"network_weights": "{lora}", "base_weights": "{lora}"},
    "begun at a step": {"network_weights": "{lora}", "initial_step": 2},
    "lowest memory": {"gradient_checkpointing": True, "optimizer_type": "Adafactor", "fused_backward_pass": True,
                      "network_dropout": 0.3},
    "checkpoints and dropouts": {"gradient_checkpointing": True, "network_dropout": 0.3},
    "v": {"v_parameterization": True, "zero_terminal_snr": True},
    "LoRA+": {"network_args": "loraplus_lr_ratio=4"},
    "workers": {"max_data_loader_n_workers": 2, "persistent_data_loader_workers": True},
    "trusted cache": {"cache_info": True, "train_data_dir": "{root}/plain", "dataset_repeats": 1},
}  # fmt: skip
COURSES: dict[str, Options] = {
    "linear": {"lr_warmup_steps": 2},
    "cosine": {"lr_warmup_steps": "10%"},
    "cosine_with_restarts": {"lr_scheduler_num_cycles": 2},
    "polynomial": {"lr_scheduler_power": 2},
    "constant_with_warmup": {"lr_warmup_steps": 3},
    "inverse_sqrt": {"lr_scheduler_timescale": 2},
    "cosine_with_min_lr": {"lr_scheduler_min_lr_ratio": 0.1},
    "cosine_warmup_with_min_lr": {"lr_scheduler_min_lr_ratio": 0.1, "lr_warmup_steps": 2},
    "warmup_stable_decay": {"lr_decay_steps": 2, "lr_warmup_steps": 1},
    "piecewise_constant": {"lr_scheduler_args": "step_rules=1:2,0.1:4,0.5"},
    "reduce_lr_on_plateau": {"lr_scheduler_args": "patience=0 factor=0.5"},
}
CLASSES: dict[str, str] = {
    "CosineAnnealingLR": "T_max=3",
    "StepLR": "step_size=2",
    "CosineAnnealingWarmRestarts": "T_0=2",
    "OneCycleLR": "max_lr=0.02 total_steps=7",
    "ExponentialLR": "gamma=0.8",
    "CyclicLR": "base_lr=0.001 max_lr=0.01 step_size_up=2",
    "ReduceLROnPlateau": "patience=0 factor=0.5",
}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return World(tmp_path_factory.mktemp("resume"))


def goes_on(world: World, name: str, options: Options) -> None:
    """Train 6 steps with states at 2 and 4; go on from both."""
    options = {"max_train_steps": 6, "save_state": True, "save_every_n_steps": 2} | options
    whole = world.run(name, **options)
    assert whole.finished
    first = options.get("initial_step", 0)
    for step in (2, 4):
        if step <= first:
            continue
        state = Path(whole.settings.output_dir) / f"x-step{step:08d}-state"
        more = {key: value for key, value in options.items() if key != "initial_step"}
        again = world.run(f"{name} from {step}", resume=str(state), **more)
        assert again.losses() == whole.losses()[step - first :]
        assert measured(again) == measured(whole)[-len(measured(again)) :]
        assert making.same(again.weights(), whole.weights())


def measured(run: making.Run) -> list[dict[str, float]]:
    """Return all numbers told at the steps that both runs have."""
    return [event["values"] for event in run.of("metric")]


@pytest.mark.parametrize("name", GROUPS)
def test_options_go_on(world: World, name: str) -> None:
    goes_on(world, name, GROUPS[name])


@pytest.mark.parametrize("name", COURSES)
def test_courses_go_on(world: World, name: str) -> None:
    goes_on(world, name, {"lr_scheduler": name} | COURSES[name])


@pytest.mark.parametrize("name", CLASSES)
def test_torchs_courses_go_on(world: World, name: str) -> None:
    goes_on(world, name, {"lr_scheduler_type": name, "lr_scheduler_args": CLASSES[name]})


@pytest.mark.parametrize("name", ["AdamW", *OPTIMIZERS])
def test_optimizers_go_on(world: World, name: str) -> None:
    goes_on(world, name, {"optimizer_type": name})
