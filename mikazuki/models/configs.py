"""Configurations of UNet, VAE and text encoders, derived from the shapes of a single file's tensors.

Every function takes name -> shape without the prefix of the part. Full-size models get exactly the configurations
they were published with; a smaller model of the same architecture gets its own.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from mikazuki.models.families import END_ID, START_ID, Family, TextEncoderSpec, norm_groups, text_heads, unet_heads
from mikazuki.models.keys import clip_table, open_clip_table, pieces, translate, unet_layout, unet_table

Shapes = Mapping[str, tuple[int, ...]]

OPEN_CLIP_PROJECTION: Final = 512
"""Written in SD2's configuration, though the model has no projection."""
TIME_IDS: Final = 6
"""Numbers that tell SDXL the sizes and the crop."""
ADDED_TIME_WIDTH: Final = 256
"""Channels of each of these numbers where the text encoder does not tell."""


def part_shapes(shapes: Shapes, prefix: str) -> dict[str, tuple[int, ...]]:
    """Return the tensors below ``prefix``, without it."""
    return {name.removeprefix(prefix): shape for name, shape in shapes.items() if name.startswith(prefix)}


def unet_config(shapes: Shapes, family: Family, pooled_width: int | None = None) -> dict[str, Any]:
    """Return UNet2DConditionModel's configuration; ``pooled_width`` is that of SDXL's pooled caption."""
    layout = unet_layout(shapes)
    table = unet_table(layout)
    own = {there: shape for name, shape in shapes.items() if (there := translate(name, table))}
    channels = tuple(own[f"down_blocks.{i}.resnets.0.conv1.weight"][0] for i in range(layout.levels))
    kinds = [
        ("CrossAttnDownBlock2D", "CrossAttnUpBlock2D") if a else ("DownBlock2D", "UpBlock2D") for a in layout.attention
    ]
    config: dict[str, Any] = {
        "in_channels": own["conv_in.weight"][1],
        "out_channels": own["conv_out.weight"][0],
        "layers_per_block": layout.layers,
        "act_fn": "silu",
        "norm_num_groups": norm_groups(channels),
        "norm_eps": 1e-5,
        "flip_sin_to_cos": True,
        "freq_shift": 0,
        "center_input_sample": False,
        "downsample_padding": 1,
        "mid_block_scale_factor": 1,
        "block_out_channels": list(channels),
        "down_block_types": [down for down, _ in kinds],
        "up_block_types": [up for _, up in reversed(kinds)],
        "sample_size": family.sample_size,
        "cross_attention_dim": own["mid_block.attentions.0.transformer_blocks.0.attn2.to_k.weight"][1],
        "attention_head_dim": unet_heads(family, channels),
    }
    if len(own["mid_block.attentions.0.proj_in.weight"]) == 2:
        config["use_linear_projection"] = True
    if family.name == "sd2":
        config["upcast_attention"] = True
    if family.name == "sdxl":
        config |= _sdxl_extras(own, layout.levels, pooled_width)
    return config


def _sdxl_extras(own: Shapes, levels: int, pooled_width: int | None) -> dict[str, Any]:
    added = own["add_embedding.linear_1.weight"][1]
    width = (added - pooled_width) // TIME_IDS if pooled_width else ADDED_TIME_WIDTH
    return {
        "transformer_layers_per_block": [max(1, _transformers(own, f"down_blocks.{i}")) for i in range(levels)],
        "addition_embed_type": "text_time",
        "addition_time_embed_dim": width,
        "projection_class_embeddings_input_dim": added,
    }


def _transformers(own: Shapes, block: str) -> int:
    """Count the transformer layers of the first attention of ``block``."""
    pattern = re.compile(re.escape(block) + r"\.attentions\.0\.transformer_blocks\.(\d+)\.norm1\.weight")
    return sum(1 for name in own if pattern.fullmatch(name))


def vae_config(shapes: Shapes, family: Family) -> dict[str, Any]:
    """Return AutoencoderKL's configuration."""
    levels = 1 + max(int(m[1]) for name in shapes if (m := re.match(r"encoder\.down\.(\d+)\.", name)))
    layers = 1 + max(int(m[1]) for name in shapes if (m := re.match(r"encoder\.down\.0\.block\.(\d+)\.", name)))
    channels = tuple(shapes[f"encoder.down.{i}.block.0.conv1.weight"][0] for i in range(levels))
    config: dict[str, Any] = {
        "in_channels": shapes["encoder.conv_in.weight"][1],
        "out_channels": shapes["decoder.conv_out.weight"][0],
        "latent_channels": shapes["decoder.conv_in.weight"][1],
        "block_out_channels": list(channels),
        "layers_per_block": layers,
        "norm_num_groups": norm_groups(channels),
        "act_fn": "silu",
        "down_block_types": ["DownEncoderBlock2D"] * levels,
        "up_block_types": ["UpDecoderBlock2D"] * levels,
        "sample_size": family.vae_sample_size,
        "scaling_factor": family.vae_scale,
    }
    if family.name == "sdxl":
        config["force_upcast"] = True
    return config


def text_layers(shapes: Shapes) -> int:
    """Count the layers of a text encoder in its file, under either kind of names."""
    found = {int(m[1]) for name in shapes if (m := re.search(r"(?:resblocks|layers)\.(\d+)\.", name))}
    return 1 + max(found)


def text_shapes(shapes: Shapes, spec: TextEncoderSpec) -> dict[str, tuple[int, ...]]:
    """Return the shapes of a text encoder under transformers' names; stacked attention inputs as the file has them."""
    table = open_clip_table(text_layers(shapes)) if spec.kind == "open_clip" else clip_table()
    found, _ = pieces(shapes, table)
    turned = {name for name, piece in found.items() if piece.form == "transpose"}
    return {name: shapes[piece.name][:: -1 if name in turned else 1] for name, piece in found.items()}


def text_config(shapes: Shapes, spec: TextEncoderSpec) -> dict[str, Any]:
    """Return CLIPTextConfig's arguments."""
    own = text_shapes(shapes, spec)
    vocabulary, hidden = own["embeddings.token_embedding.weight"]
    projection = own.get("text_projection.weight") if spec.projected else None
    return {
        "vocab_size": vocabulary,
        "max_position_embeddings": own["embeddings.position_embedding.weight"][0],
        "bos_token_id": START_ID,
        "eos_token_id": END_ID,
        "layer_norm_eps": 1e-5,
        "hidden_size": hidden,
        "intermediate_size": own["encoder.layers.0.mlp.fc1.weight"][0],
        "num_hidden_layers": text_layers(shapes) - spec.drop_last,
        "num_attention_heads": text_heads(hidden),
        "hidden_act": "quick_gelu" if spec.kind == "clip" else "gelu",
        "projection_dim": projection[0] if projection else _projection(spec, hidden),
        "pad_token_id": 1,
    }


def _projection(spec: TextEncoderSpec, hidden: int) -> int:
    return hidden if spec.kind == "clip" else OPEN_CLIP_PROJECTION
