"""Stored loss curves of short trainings: ``python -m tests.training.golden --write`` draws them anew.

On one machine they hold bit for bit; from machine to machine to about five digits: processors add in different orders.
"""

import argparse
import json
import logging
import tempfile
from pathlib import Path
from typing import Any, Final

from mikazuki.models.families import FamilyName
from mikazuki.paths import repository
from mikazuki.settings.train import TrainSettings
from tests.models import tiny
from tests.training import making

logger = logging.getLogger(__name__)

FOLDER: Final = Path(__file__).parents[1] / "golden"
FAMILIES: Final[tuple[FamilyName, ...]] = ("sd1", "sdxl")
STEPS: Final = 8
SHORT: Final = 5

CONFIGURATIONS: Final[dict[str, dict[str, Any]]] = {
    "plain": {},
    "locon with dropouts": {
        "network_args": ("conv_dim=4", "conv_alpha=2", "rank_dropout=0.2", "module_dropout=0.1"),
        "network_dropout": 0.1,
    },
    "blocks and rates": {
        "network_args": ("block_dims=" + ",".join(["2", "4", "6", "8", "4"] * 5), "loraplus_lr_ratio=4"),
        "scale_weight_norms": 0.1,
        "ema_decay": 0.9,
    },
    "unet only": {"network_train_unet_only": True, "caption_dropout_rate": 0.3},
    "text encoder only": {"network_train_text_encoder_only": True, "clip_skip": 2, "max_token_length": 150},
    "captions": {
        "shuffle_caption": True,
        "keep_tokens": 1,
        "caption_tag_dropout_rate": 0.3,
        "caption_prefix": "picture, ",
        "token_warmup_step": 4,
        "weighted_captions": True,
    },
    "pictures": {"random_crop": True, "flip_aug": True, "color_aug": True, "resize_interpolation": "bicubic"},
    "regularisation": {"reg_data_dir": "demo-reg", "prior_loss_weight": 0.5, "gradient_accumulation_steps": 2},
    "noise": {"noise_offset": 0.1, "adaptive_noise_scale": 0.05, "ip_noise_gamma": 0.1, "max_timestep": 800},
    "losses": {
        "multires_noise_iterations": 4,
        "loss_type": "huber",
        "huber_schedule": "exponential",
        "min_snr_gamma": 5,
    },
    "lokr": {
        "network_module": "lycoris.kohya",
        "network_args": ("algo=lokr", "factor=4", "conv_dim=4"),
        "optimizer_type": "Adafactor",
        "optimizer_args": ("relative_step=False", "scale_parameter=False", "warmup_init=False"),
    },
    "dylora in bf16": {
        "network_module": "networks.dylora",
        "network_args": ("unit=4",),
        "mixed_precision": "bf16",
        "lr_scheduler": "cosine",
        "lr_warmup_steps": 2,
        "gradient_checkpointing": True,
    },
}
"""What is set beside `on_tiny_sd`'s own; together nearly everything that a step computes."""


def curve(family: FamilyName, folder: Path) -> list[float]:
    """Train 8 steps of a tiny model of random weights with options that have random numbers; return the losses."""
    settings = making.settings_for(
        tiny.make(family, folder / "model"),
        making.draw_dataset(folder / "pictures"),
        folder,
        max_train_steps=STEPS,
        train_batch_size=2,
        network_dropout=0.1,
        shuffle_caption=True,
        caption_dropout_rate=0.2,
        flip_aug=True,
        noise_offset=0.05,
        min_snr_gamma=5,
        lr_scheduler="cosine",
        lr_warmup_steps=2,
    )
    return making.run(settings, folder / "job").losses()


def on_tiny_sd(name: str, folder: Path) -> TrainSettings:
    """Return the settings of a configuration: 5 steps of two of the demo's pictures."""
    train = repository().train
    more = dict(CONFIGURATIONS[name])
    if "reg_data_dir" in more:
        more["reg_data_dir"] = str(train / more["reg_data_dir"])
    base = {"network_dim": 8, "network_alpha": 4, "max_train_steps": SHORT, "train_batch_size": 2}
    model = repository().root / "sd-models" / "tiny-sd"
    return making.settings_for(model, train / "demo", folder, learning_rate=1e-3, **{**base, **more})


def curve_on_tiny_sd(name: str, folder: Path) -> list[float]:
    """Train a configuration and return its losses."""
    return making.run(on_tiny_sd(name, folder), folder / "job").losses()


def path_of(what: str) -> Path:
    """Return where the curve of a family, or the curves ``tiny_sd``, are stored."""
    return FOLDER / f"loss_{what}.json"


def stored(what: str) -> Any:
    """Return the losses as they were when they were written down: a list, or for ``tiny_sd`` one a configuration."""
    return json.loads(path_of(what).read_text(encoding="utf-8"))


def draw_all() -> dict[str, Any]:
    """Train everything anew: what is stored in each file."""
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as text:
        folder = Path(text)
        for family in FAMILIES:
            found[family] = curve(family, folder / family)
        found["tiny_sd"] = {
            name: curve_on_tiny_sd(name, folder / f"{number}") for number, name in enumerate(CONFIGURATIONS)
        }
    return found


def main() -> None:
    """Write every curve, or compare it and log the largest difference."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the curves down instead of comparing them")
    write = parser.parse_args().write
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    for what, curves in draw_all().items():
        if write:
            FOLDER.mkdir(exist_ok=True)
            path_of(what).write_text(json.dumps(curves, indent=1) + "\n", encoding="utf-8", newline="\n")
            logger.info("%s: written", path_of(what).name)
            continue
        named = curves if isinstance(curves, dict) else {what: curves}
        old = stored(what) if isinstance(curves, dict) else {what: stored(what)}
        for name, losses in named.items():
            worst = max(abs(a - b) / abs(b) for a, b in zip(losses, old[name], strict=True))
            logger.info("%s: largest relative difference %.2e", name, worst)


if __name__ == "__main__":
    main()
