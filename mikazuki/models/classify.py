"""Tells kinds of files apart by the names of their tensors, and says what a file is that is no base model."""

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NoReturn

from mikazuki.errors import MikazukiError
from mikazuki.models.families import UNET_PREFIX, VAE_PREFIX, FamilyName

Shapes = Mapping[str, tuple[int, ...]]

_LORA: Final = re.compile(
    r"(lora_(unet|te\d?|transformer)|oft_unet|lycoris)_.*"
    r"|.*[._](lora_(down|up|A|B|linear_layer)|hada_w[12]_[ab]|lokr_w[12](_[ab])?|oft_(blocks|diag)|dora_scale)\b.*"
)
_MARKS: Final = {
    "hada_w1_a": "loha",
    "lokr_w1": "lokr",
    "lokr_w1_a": "lokr",
    "a1.weight": "glora",
    "on_input": "ia3",
    "oft_blocks": "oft",
    "oft_diag": "oft",
    "diff": "full",
    "w_norm": "norm",
    "dora_scale": "dora",
    "lora_magnitude_vector.weight": "dora",
    "lora_up.weight": "lora",
    "lora_B.weight": "lora",
    "lora_linear_layer.up.weight": "lora",
}
"""What a tensor of this name says of its module; of several the first one here counts."""
_MARK: Final = re.compile(rf"(.+)\.({'|'.join(map(re.escape, _MARKS))})")
_BOFT_NDIM: Final = 4
"""Dimensions of BOFT's blocks; OFT's have one less."""
_VAE: Final = re.compile(r"(en|de)coder\.(conv_in|mid|mid_block|down|up)\b.*|(post_)?quant_conv\..*")
_EMBEDDING: Final = {"emb_params", "clip_l", "clip_g", "string_to_param.*"}
_HYPERNETWORK: Final = re.compile(r"(\d+)\.[01]\.linear\d?\.(?:\d+\.)?(?:weight|bias)")
MAX_EMBEDDING_TENSORS: Final = 8
CHOOSE: Final = "Choose a base model (a whole checkpoint) for pretrained_model_name_or_path"


def family_of_names(shapes: Shapes) -> FamilyName | None:
    """Return the family of a single-file base model, read off its structure, or None for anything else.

    SDXL carries size conditions and conditioner.embedders; SD2 has OpenCLIP's names, or projects by matrices.
    """
    if f"{UNET_PREFIX}input_blocks.0.0.weight" not in shapes or f"{UNET_PREFIX}out.2.weight" not in shapes:
        return None
    if is_refiner(shapes):
        return None
    if f"{UNET_PREFIX}label_emb.0.0.weight" in shapes or any(n.startswith("conditioner.embedders.") for n in shapes):
        return "sdxl"
    if any(name.startswith("cond_stage_model.model.") for name in shapes):
        return "sd2"
    projection = shapes.get(f"{UNET_PREFIX}middle_block.1.proj_in.weight", ())
    return "sd2" if len(projection) == 2 else "sd1"


def is_refiner(shapes: Shapes) -> bool:
    """Tell SDXL's refiner: its first and only text encoder is OpenCLIP's."""
    return any(name.startswith("conditioner.embedders.0.model.") for name in shapes)


def is_lora(shapes: Shapes) -> bool:
    """Tell a LoRA (or what else stands beside a base model: LoHa, OFT...) by its names, in kohya's or peft's manner."""
    return any(_LORA.fullmatch(name) for name in shapes)


def kind_of(shapes: Shapes) -> str:
    """Return what most modules of an adapter are.

    ``lora``, ``dora`` (a LoRA with magnitudes), ``loha``, ``lokr``, ``glora``, ``ia3``, ``oft``, ``boft``, ``full``,
    ``norm``, or ``unknown``.
    """
    order = [*_MARKS.values(), "boft"]
    modules: dict[str, str] = {}
    for name, shape in shapes.items():
        if match := _MARK.fullmatch(name):
            module, kind = match[1], _MARKS[match[2]]
            if kind == "oft" and len(shape) == _BOFT_NDIM:
                kind = "boft"
            modules[module] = min(kind, modules.get(module, kind), key=order.index)
    counts = Counter(modules.values())
    return counts.most_common(1)[0][0] if counts else "unknown"


def hypernetwork_widths(shapes: Shapes) -> tuple[int, ...]:
    """Return the widths of attention that a hypernetwork has networks for, smallest first; none for any other file."""
    return tuple(sorted({int(match[1]) for name in shapes if (match := _HYPERNETWORK.fullmatch(name))}))


def raise_for_stranger(path: Path, shapes: Shapes) -> NoReturn:
    """Raise the MikazukiError that says what ``path`` is instead of a base model of a family we train."""
    if is_lora(shapes):
        raise MikazukiError(
            "is-a-lora",
            f"{path} is a LoRA, not a base model.",
            f"{CHOOSE}; to go on training this LoRA, set network_weights to it.",
        )
    if hypernetwork_widths(shapes):
        raise MikazukiError(
            "is-a-hypernetwork",
            f"{path} is a hypernetwork, not a base model.",
            f"{CHOOSE}; to go on training this hypernetwork, set hypernetwork_weights to it.",
        )
    if any(name.startswith(UNET_PREFIX) for name in shapes):
        what = "SDXL's refiner" if is_refiner(shapes) else "of another family (perhaps SD3)"
        raise _unknown(path, what)
    if any(name.startswith(("double_blocks.", "transformer_blocks.", "joint_blocks.")) for name in shapes):
        raise _unknown(path, "a transformer of another family (perhaps Flux)")
    own = [name.removeprefix(VAE_PREFIX) for name in shapes]
    if own and all(_VAE.fullmatch(name) or name.startswith(("encoder.", "decoder.", "loss.")) for name in own):
        raise MikazukiError("is-a-vae", f"{path} is a VAE, not a base model.", f"{CHOOSE}, and set vae to this file.")
    if _is_embedding(shapes):
        raise MikazukiError(
            "is-an-embedding", f"{path} is a textual-inversion embedding, not a base model.", f"{CHOOSE}."
        )
    if "down_blocks.0.resnets.0.conv1.weight" in shapes:
        raise MikazukiError(
            "incomplete-model",
            f"{path} is a diffusers UNet alone, without text encoder.",
            "Give the folder that holds model_index.json instead.",
        )
    example = next(iter(shapes), None)
    inside = f"its tensors ({example}, ...) are not a base model's" if example else "it holds no tensors"
    raise MikazukiError("not-a-model", f"{path} is no Stable Diffusion model: {inside}.", f"{CHOOSE}.")


def _is_embedding(shapes: Shapes) -> bool:
    if not 0 < len(shapes) <= MAX_EMBEDDING_TENSORS:
        return False
    named = any(name in _EMBEDDING or name.startswith("string_to_param") for name in shapes)
    return named or all(len(shape) == 2 and "." not in name for name, shape in shapes.items())


def _unknown(path: Path, what: str) -> MikazukiError:
    return MikazukiError(
        "unknown-family", f"{path} is {what}, which cannot be trained yet.", f"{CHOOSE} of family sd1, sd2 or sdxl."
    )
