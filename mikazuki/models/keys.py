"""The map between the original names of tensors (as in single files) and those of diffusers and transformers.

A table pairs prefixes of names, original -> diffusers; a name is translated by its longest prefix in the table, and
the inverted table translates back. The few tensors that also change their form are `Piece` s.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

Form = Literal["as_is", "matrix", "transpose", "query", "key", "value"]
Table = dict[str, str]

_RESNET: Final = {
    "in_layers.0": "norm1",
    "in_layers.2": "conv1",
    "emb_layers.1": "time_emb_proj",
    "out_layers.0": "norm2",
    "out_layers.3": "conv2",
    "skip_connection": "conv_shortcut",
}
_UNET_ENDS: Final = {
    "time_embed.0": "time_embedding.linear_1",
    "time_embed.2": "time_embedding.linear_2",
    "label_emb.0.0": "add_embedding.linear_1",
    "label_emb.0.2": "add_embedding.linear_2",
    "input_blocks.0.0": "conv_in",
    "out.0": "conv_norm_out",
    "out.2": "conv_out",
    "middle_block.1": "mid_block.attentions.0",
}
_VAE_ATTENTION: Final = {
    "norm": "group_norm",
    "q": "to_q",
    "k": "to_k",
    "v": "to_v",
    "proj_out": "to_out.0",
}
_OLD_VAE_ATTENTION: Final = {"query": "to_q", "key": "to_k", "value": "to_v", "proj_attn": "to_out.0"}
"""Names of diffusers' VAE attention before 0.18, still found in folders of models."""
_OPEN_CLIP: Final = {
    "token_embedding": "embeddings.token_embedding",
    "positional_embedding": "embeddings.position_embedding.weight",
    "ln_final": "final_layer_norm",
    "text_projection.weight": "text_projection.weight",  # some files keep it as a Linear's weight
    "text_projection": "text_projection.weight",
}
_OPEN_CLIP_LAYER: Final = {
    "ln_1": "layer_norm1",
    "ln_2": "layer_norm2",
    "attn.out_proj": "self_attn.out_proj",
    "mlp.c_fc": "mlp.fc1",
    "mlp.c_proj": "mlp.fc2",
}
_THIRDS: Final[dict[Form, str]] = {"query": "q_proj", "key": "k_proj", "value": "v_proj"}
_IGNORED: Final = re.compile(r"(.*\.)?(position_ids|attn_mask|logit_scale)")


@dataclass(frozen=True, slots=True)
class Piece:
    """Where a tensor comes from: the name on the other side and what of it.

    ``matrix``: a 1x1 convolution's weight as a matrix (backwards: as a convolution's); ``transpose``: turned;
    ``query``, ``key``, ``value``: that third of the rows (backwards: the three are stacked).
    """

    name: str
    form: Form = "as_is"


@dataclass(frozen=True, slots=True)
class UNetLayout:
    """The plan of a UNet: resnets a level on the way down, and which levels attend to the caption."""

    layers: int
    attention: tuple[bool, ...]

    @property
    def levels(self) -> int:
        """Number of resolutions."""
        return len(self.attention)


def translate(name: str, table: Mapping[str, str]) -> str | None:
    """Return ``name`` with its longest prefix that is in ``table`` replaced, or None where there is none."""
    cut = len(name)
    while cut > 0:
        found = table.get(name[:cut])
        if found is not None:
            return found + name[cut:]
        cut = name.rfind(".", 0, cut)
    return None


def inverted(table: Table) -> Table:
    """Return the table for the way back."""
    return {there: here for here, there in table.items()}


def unet_layout(names: Iterable[str]) -> UNetLayout:
    """Read the plan off original UNet names (without the prefix of the part)."""
    known = set(names)
    heads = {match[0] for name in known if (match := re.match(r"input_blocks\.\d+", name))}
    downs = sorted(int(name.split(".")[1]) for name in known if re.fullmatch(r"input_blocks\.\d+\.0\.op\.weight", name))
    stride = downs[0] if downs else len(heads)
    attention = tuple(f"input_blocks.{level * stride + 1}.1.proj_in.weight" in known for level in range(len(downs) + 1))
    return UNetLayout(stride - 1, attention)


def diffusers_unet_layout(names: Iterable[str]) -> UNetLayout:
    """Read the plan off diffusers' names of a UNet's tensors or modules."""
    known = list(names)
    levels = {int(m[1]) for name in known if (m := re.match(r"down_blocks\.(\d+)\.", name))}
    layers = {int(m[1]) for name in known if (m := re.match(r"down_blocks\.0\.resnets\.(\d+)", name))}
    attending = {int(m[1]) for name in known if (m := re.match(r"down_blocks\.(\d+)\.attentions\.", name))}
    return UNetLayout(len(layers), tuple(level in attending for level in sorted(levels)))


def unet_table(layout: UNetLayout) -> Table:
    """Return the table of a UNet of this plan."""
    table = dict(_UNET_ENDS)
    resnets = {"middle_block.0": "mid_block.resnets.0", "middle_block.2": "mid_block.resnets.1"}
    down, up = layout.layers + 1, layout.layers + 1
    for level in range(layout.levels):
        for layer in range(layout.layers):
            block = f"input_blocks.{1 + level * down + layer}"
            resnets[f"{block}.0"] = f"down_blocks.{level}.resnets.{layer}"
            table[f"{block}.1"] = f"down_blocks.{level}.attentions.{layer}"
        table[f"input_blocks.{(level + 1) * down}.0.op"] = f"down_blocks.{level}.downsamplers.0.conv"
        attention = layout.attention[layout.levels - 1 - level]
        for layer in range(up):
            block = f"output_blocks.{level * up + layer}"
            resnets[f"{block}.0"] = f"up_blocks.{level}.resnets.{layer}"
            if attention:
                table[f"{block}.1"] = f"up_blocks.{level}.attentions.{layer}"
        last = f"output_blocks.{level * up + layout.layers}"
        table[f"{last}.{2 if attention else 1}.conv"] = f"up_blocks.{level}.upsamplers.0.conv"
    for original, name in resnets.items():
        table |= {f"{original}.{inner}": f"{name}.{there}" for inner, there in _RESNET.items()}
    return table


def vae_table(levels: int, layers: int) -> Table:
    """Return the table of a VAE with ``layers`` resnets a level in the encoder and one more in the decoder."""
    table = {"quant_conv": "quant_conv", "post_quant_conv": "post_quant_conv"}
    resnets: Table = {}
    for side in ("encoder", "decoder"):
        table |= {f"{side}.{end}": f"{side}.{end}" for end in ("conv_in", "conv_out")}
        table[f"{side}.norm_out"] = f"{side}.conv_norm_out"
        resnets |= {f"{side}.mid.block_{i + 1}": f"{side}.mid_block.resnets.{i}" for i in range(2)}
        attention = f"{side}.mid.attn_1", f"{side}.mid_block.attentions.0"
        table |= {f"{attention[0]}.{one}": f"{attention[1]}.{other}" for one, other in _VAE_ATTENTION.items()}
    for level in range(levels):
        mirrored = levels - 1 - level
        table[f"encoder.down.{level}.downsample.conv"] = f"encoder.down_blocks.{level}.downsamplers.0.conv"
        table[f"decoder.up.{mirrored}.upsample.conv"] = f"decoder.up_blocks.{level}.upsamplers.0.conv"
        for layer in range(layers + 1):
            resnets[f"encoder.down.{level}.block.{layer}"] = f"encoder.down_blocks.{level}.resnets.{layer}"
            resnets[f"decoder.up.{mirrored}.block.{layer}"] = f"decoder.up_blocks.{level}.resnets.{layer}"
    for original, name in resnets.items():
        parts = {part: part for part in ("norm1", "conv1", "norm2", "conv2")} | {"nin_shortcut": "conv_shortcut"}
        table |= {f"{original}.{part}": f"{name}.{there}" for part, there in parts.items()}
    return table


def open_clip_table(layers: int) -> Table:
    """Return the table of an OpenCLIP text encoder, but for its stacked attention inputs (see `pieces`)."""
    table = dict(_OPEN_CLIP)
    for layer in range(layers):
        there = f"encoder.layers.{layer}"
        block = f"transformer.resblocks.{layer}"
        table |= {f"{block}.{inner}": f"{there}.{name}" for inner, name in _OPEN_CLIP_LAYER.items()}
        table |= {f"{block}.attn.in_proj_{kind}": f"{there}.self_attn.*.{kind}" for kind in ("weight", "bias")}
    return table


def clip_table() -> Table:
    """Return the table of OpenAI's CLIP text encoder: a first word, which some files lack (written back)."""
    parts = ("embeddings", "encoder", "final_layer_norm")
    return {part: part for part in parts} | {f"text_model.{part}": part for part in parts}


def modern_vae_name(name: str) -> str:
    """Return the present diffusers name for a VAE tensor of a diffusers file, which may be an old one."""
    for old, new in _OLD_VAE_ATTENTION.items():
        name = name.replace(f".attentions.0.{old}.", f".attentions.0.{new}.")
    return name


def pieces(names: Iterable[str], table: Mapping[str, str]) -> tuple[dict[str, Piece], list[str]]:
    """Return where each diffusers tensor comes from among original ``names``, and the names that have no place.

    Buffers that carry nothing learned (position numbers, masks, the logit scale) are passed over.
    """
    found: dict[str, Piece] = {}
    strangers: list[str] = []
    for name in names:
        if _IGNORED.fullmatch(name):
            continue
        there = translate(name, table)
        if there is None:
            strangers.append(name)
        elif "*" in there:
            found |= {there.replace("*", part): Piece(name, form) for form, part in _THIRDS.items()}
        else:
            found[there] = Piece(name, _form(name))
    return found, strangers


def originals(names: Iterable[str], table: Mapping[str, str]) -> dict[str, list[Piece]]:
    """Return for each original tensor what it is made of among diffusers ``names``: one piece, or three stacked."""
    back = inverted(dict(table))
    found: dict[str, list[Piece]] = {}
    for name in names:
        starred = re.sub(r"self_attn\.[qkv]_proj\.", "self_attn.*.", name)
        if "*" in starred and starred in back:
            found.setdefault(back[starred], []).append(Piece(name))
            continue
        original = translate(name, back)
        if original is None:
            raise KeyError(name)
        found[original] = [Piece(name, _form(original))]
    order = list(_THIRDS.values())
    for stacked in found.values():
        stacked.sort(key=lambda piece: next((i for i, part in enumerate(order) if f".{part}." in piece.name), 0))
    return found


def _form(original: str) -> Form:
    if original == "text_projection":
        return "transpose"
    if re.fullmatch(r"(en|de)coder\.mid\.attn_1\.(q|k|v|proj_out)\.weight", original):
        return "matrix"
    return "as_is"
