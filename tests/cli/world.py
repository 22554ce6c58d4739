"""Makes what the command line meets: base models of a few bytes (headers that identify), pictures, settings files."""

import json
import struct
from pathlib import Path
from typing import Final

from PIL import Image

Shapes = dict[str, tuple[int, ...]]

SD1: Final[Shapes] = {
    "model.diffusion_model.input_blocks.0.0.weight": (8, 4, 3, 3),
    "model.diffusion_model.input_blocks.3.0.op.weight": (8, 8, 3, 3),
    "model.diffusion_model.input_blocks.1.1.transformer_blocks.0.attn1.to_q.weight": (8, 8),
    "model.diffusion_model.middle_block.1.proj_in.weight": (8, 8, 1, 1),
    "model.diffusion_model.out.2.weight": (4, 8, 3, 3),
    "cond_stage_model.transformer.text_model.encoder.layers.0.mlp.fc1.weight": (8, 4),
    "first_stage_model.decoder.conv_in.weight": (8, 4, 3, 3),
}
SDXL: Final[Shapes] = {
    **{name: shape for name, shape in SD1.items() if not name.startswith("cond_stage")},
    "model.diffusion_model.label_emb.0.0.weight": (8, 8),
    "conditioner.embedders.0.transformer.text_model.encoder.layers.0.mlp.fc1.weight": (8, 4),
    "conditioner.embedders.1.model.ln_final.weight": (4,),
}
LORA: Final[Shapes] = {
    "lora_unet_mid_block_attentions_0_proj_in.lora_down.weight": (4, 8),
    "lora_unet_mid_block_attentions_0_proj_in.lora_up.weight": (8, 4),
    "lora_unet_mid_block_attentions_0_proj_in.alpha": (),
}


def safetensors(path: Path, shapes: Shapes, metadata: dict[str, str] | None = None) -> Path:
    """Write a file of zeros with this header."""
    header: dict[str, object] = {"__metadata__": metadata} if metadata else {}
    at = 0
    for name, shape in shapes.items():
        end = at + 2
        for side in shape:
            end = at + (end - at) * side
        header[name] = {"dtype": "F16", "shape": list(shape), "data_offsets": [at, end]}
        at = end
    text = json.dumps(header).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(struct.pack("<Q", len(text)) + text + bytes(at))
    return path


def pictures(folder: Path, number: int = 6, caption: str = "sks cat, on grass") -> Path:
    """Write pictures, each another, with captions."""
    folder.mkdir(parents=True, exist_ok=True)
    for index in range(number):
        Image.new("RGB", (64, 96), (index * 20, 90, 160)).save(folder / f"{index}.png")
        (folder / f"{index}.txt").write_text(caption, encoding="utf-8")
    return folder


def settings_text(root: Path, **changes: object) -> str:
    """Return a settings file for the world at ``root``; every path in it lies there."""
    values: dict[str, object] = {
        "pretrained_model_name_or_path": str(root / "model.safetensors"),
        "train_data_dir": str(root / "train"),
        "output_dir": str(root / "output"),
        "logging_dir": str(root / "logs"),
        "output_name": "demo",
        "resolution": 64,
        "min_bucket_reso": 64,
        "bucket_reso_steps": 16,
        "max_train_epochs": 2,
        **changes,
    }
    return "".join(f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in values.items())


def make(root: Path, **changes: object) -> Path:
    """Make a model, pictures and a settings file under ``root``; return the settings file."""
    safetensors(root / "model.safetensors", SD1)
    pictures(root / "train" / "2_sks cat")
    config = root / "my cat.toml"
    config.write_text(settings_text(root, **changes), encoding="utf-8")
    return config


def everything_in(root: Path) -> dict[str, bytes | None]:
    """Return every file below ``root`` with its content, and every folder: what must not change by a refusal."""
    return {str(path.relative_to(root)): path.read_bytes() if path.is_file() else None for path in root.rglob("*")}


def save_state(folder: Path, step: int, identity: dict[str, object]) -> Path:
    """Write what of a state folder can be read without torch."""
    folder.mkdir(parents=True)
    facts = {"version": 1, "current_step": step, "current_epoch": 1, "seed": 77, "identity": identity}
    (folder / "train_state.json").write_text(json.dumps(facts), encoding="utf-8")
    return folder
