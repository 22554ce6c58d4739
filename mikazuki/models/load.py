"""Loads base models from files alone: models are laid out without memory, then given the file's tensors.

Nothing here asks a network. Each part can be loaded by itself, so that a trainer may free the text encoders before
the UNet comes. diffusers and transformers are imported when the first part is loaded, and only what is needed of
them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import torch
from torch import Tensor, nn

from mikazuki.errors import MikazukiError
from mikazuki.models import configs, keys
from mikazuki.models.convert import Target, gather
from mikazuki.models.families import END_ID, UNET_PREFIX, VAE_PREFIX, Family, TextEncoderSpec, family_of
from mikazuki.models.identify import ModelInfo, file_shapes, part_files, read_json
from mikazuki.models.prediction import PredictionType
from mikazuki.models.weights import Reader, opened, opened_all

TOKENIZER: Final = Path(__file__).parent / "clip_tokenizer"
TOKENIZER_CACHE_NAMES: Final = {
    "<|endoftext|>": "openai_clip-vit-large-patch14",
    "!": "laion_CLIP-ViT-bigG-14-laion2B-39B-b160k",
}
"""Folders that upstream looks for below ``tokenizer_cache_dir``, by the token that fills captions up."""
LEGACY_END_ID: Final = 2
"""What old configurations of CLIP say the end token is, wrongly."""
Device = torch.device | str
_PRIVATE_KEYS: Final = ("_class_name", "_diffusers_version", "_name_or_path")


@dataclass
class BaseModel:
    """A loaded base model, its parameters frozen and in evaluation mode; ``vae_scale`` multiplies latents."""

    family: Family
    info: ModelInfo
    unet: Any
    vae: Any
    text_encoders: list[Any]
    tokenizers: list[Any]
    prediction_type: PredictionType
    vae_scale: float


def load_base(
    info: ModelInfo, *, dtype: torch.dtype, vae_path: Path | str | None = None, device: Device = "cpu"
) -> BaseModel:
    """Load every part of the base model in ``dtype`` onto ``device``; ``vae_path`` is another VAE to use."""
    vae = load_vae(info, dtype=dtype, vae_path=vae_path, device=device)
    return BaseModel(
        family=family_of(info.family),
        info=info,
        unet=load_unet(info, dtype=dtype, device=device),
        vae=vae,
        text_encoders=load_text_encoders(info, dtype=dtype, device=device),
        tokenizers=load_tokenizers(info),
        prediction_type=info.prediction_type,
        vae_scale=float(vae.config.scaling_factor),
    )


def load_unet(info: ModelInfo, *, dtype: torch.dtype, device: Device = "cpu") -> Any:
    """Load the UNet, a diffusers ``UNet2DConditionModel``."""
    from diffusers.models.unets.unet_2d_condition import UNet2DConditionModel

    target = Target(dtype, device)
    if info.layout == "diffusers":
        return _from_folder(UNet2DConditionModel, info.path / "unet", target)
    shapes = configs.part_shapes(info.shapes, UNET_PREFIX)
    config = configs.unet_config(shapes, family_of(info.family), _pooled_width(info))
    table = keys.unet_table(keys.unet_layout(shapes))
    return _from_file(
        lambda: UNet2DConditionModel(**config), _Source(info.path, UNET_PREFIX, list(shapes)), table, target
    )


def load_vae(info: ModelInfo, *, dtype: torch.dtype, vae_path: Path | str | None = None, device: Device = "cpu") -> Any:
    """Load the VAE, a diffusers ``AutoencoderKL``: the model's own, or the one at ``vae_path`` (file or folder)."""
    from diffusers.models.autoencoders.autoencoder_kl import AutoencoderKL

    target = Target(dtype, device)
    path = Path(vae_path) if vae_path else info.path
    if path.is_dir():
        folder = path / "vae" if (path / "vae").is_dir() else path
        return _from_folder(AutoencoderKL, folder, target)
    shapes = file_shapes(path) if vae_path else info.shapes
    prefix = VAE_PREFIX if any(name.startswith(VAE_PREFIX) for name in shapes) else ""
    own = {name: shape for name, shape in configs.part_shapes(shapes, prefix).items() if _is_vae_name(name)}
    if "decoder.conv_in.weight" not in own:
        raise MikazukiError("not-a-vae", f"{path} holds no VAE.", "Set vae to a VAE of the same family.")
    if any(".down_blocks." in name for name in own):
        own, names = _original_vae_shapes(own)
        config = configs.vae_config(own, family_of(info.family))
        return _from_renamed(lambda: AutoencoderKL(**config), path, names, target)
    config = configs.vae_config(own, family_of(info.family))
    table = keys.vae_table(len(config["block_out_channels"]), config["layers_per_block"])
    return _from_file(lambda: AutoencoderKL(**config), _Source(path, prefix, list(own)), table, target)


def load_text_encoders(info: ModelInfo, *, dtype: torch.dtype, device: Device = "cpu") -> list[Any]:
    """Load the text encoders: ``CLIPTextModel``, and for SDXL's second ``CLIPTextModelWithProjection``."""
    return [_load_text_encoder(info, spec, Target(dtype, device)) for spec in family_of(info.family).text_encoders]


def load_tokenizers(info: ModelInfo, cache_dir: Path | str | None = None) -> list[Any]:
    """Load a tokenizer for each text encoder: the model folder's own, that in ``cache_dir``, or the project's."""
    from transformers.models.clip.tokenization_clip import CLIPTokenizer

    tokenizers = []
    for spec in family_of(info.family).text_encoders:
        own = info.path / spec.folder.replace("text_encoder", "tokenizer")
        cached = Path(cache_dir or "") / TOKENIZER_CACHE_NAMES[spec.filler]
        if cache_dir and cached.is_dir():
            tokenizers.append(CLIPTokenizer.from_pretrained(cached, pad_token=spec.filler, local_files_only=True))
        elif info.layout == "diffusers" and own.is_dir():
            tokenizers.append(CLIPTokenizer.from_pretrained(own, local_files_only=True))
        else:
            tokenizers.append(CLIPTokenizer.from_pretrained(TOKENIZER, pad_token=spec.filler, local_files_only=True))
    return tokenizers


@dataclass(frozen=True, slots=True)
class _Source:
    """A part inside a single file: the names (without ``prefix``) of its tensors."""

    path: Path
    prefix: str
    names: Sequence[str]


def _load_text_encoder(info: ModelInfo, spec: TextEncoderSpec, target: Target) -> Any:
    if info.layout == "diffusers":
        folder = info.path / spec.folder
        config = read_json(folder / "config.json")
        with opened_all(part_files(folder)) as (read, names):
            found, _ = keys.pieces(names, keys.clip_table() | {"text_projection": "text_projection"})
            return _text_encoder(spec, config, found, read, target)
    shapes = configs.part_shapes(info.shapes, spec.prefix)
    if spec.kind == "open_clip":
        table = keys.open_clip_table(configs.text_layers(shapes) - spec.drop_last)
    else:
        table = keys.clip_table()
    found, _ = keys.pieces(shapes, table)
    with opened(info.path) as (read, _):
        return _text_encoder(
            spec, configs.text_config(shapes, spec), found, lambda name: read(spec.prefix + name), target
        )


def _text_encoder(
    spec: TextEncoderSpec, config: dict[str, Any], found: dict[str, keys.Piece], read: Reader, target: Target
) -> Any:
    from transformers.models.clip.configuration_clip import CLIPTextConfig
    from transformers.models.clip.modeling_clip import CLIPTextModel, CLIPTextModelWithProjection

    if not spec.projected:
        found = {name: piece for name, piece in found.items() if not name.startswith("text_projection")}
    if config.get("eos_token_id") == LEGACY_END_ID:
        config = {**config, "eos_token_id": END_ID}
    state = gather(found, read, target)
    kind = CLIPTextModelWithProjection if spec.projected else CLIPTextModel
    model = _filled(lambda: kind(CLIPTextConfig.from_dict(config)), _text_names(state, spec), spec.folder)
    # position numbers are no weights and were laid out without memory
    embeddings = text_core(model).embeddings
    embeddings.position_ids = torch.arange(embeddings.position_ids.shape[-1], device=target.device)[None]
    return model


def text_core(encoder: Any) -> Any:
    """Return the part of a text encoder that holds embeddings, layers and the last norm."""
    return getattr(encoder, "text_model", encoder)


def _text_names(state: Mapping[str, Tensor], spec: TextEncoderSpec) -> dict[str, Tensor]:
    """Add the first word that the class with a projection has before all but the projection."""
    if not spec.projected:
        return dict(state)
    return {name if name.startswith("text_projection") else f"text_model.{name}": t for name, t in state.items()}


def _pooled_width(info: ModelInfo) -> int | None:
    """Return the width of the pooled caption in a single SDXL file."""
    for spec in family_of(info.family).text_encoders:
        if spec.projected:
            config = configs.text_config(configs.part_shapes(info.shapes, spec.prefix), spec)
            return int(config["projection_dim"])
    return None


def _from_file(build: Callable[[], nn.Module], source: _Source, table: keys.Table, target: Target) -> Any:
    found, _ = keys.pieces(source.names, table)
    with opened(source.path) as (read, _names):
        state = gather(found, lambda name: read(source.prefix + name), target)
        return _filled(build, state, str(source.path))


def _from_renamed(build: Callable[[], nn.Module], path: Path, names: Mapping[str, str], target: Target) -> Any:
    """Load tensors that have diffusers' names already: ``names`` is present name -> name in the file."""
    with opened(path) as (read, _):
        found = {name: keys.Piece(there, _modern_form(name)) for name, there in names.items()}
        return _filled(build, gather(found, read, target), str(path))


def _from_folder(kind: Any, folder: Path, target: Target) -> Any:
    """Load a part of a diffusers folder by its own configuration."""
    config = {k: v for k, v in read_json(folder / "config.json").items() if k not in _PRIVATE_KEYS}
    with opened_all(part_files(folder)) as (read, names):
        found = {
            keys.modern_vae_name(name): keys.Piece(name, _modern_form(keys.modern_vae_name(name))) for name in names
        }
        return _filled(lambda: kind.from_config(config), gather(found, read, target), str(folder))


def _modern_form(name: str) -> keys.Form:
    """Return the form of a VAE attention's weight, which old files keep as a convolution; the rest is as it is."""
    is_vae = name.startswith(("encoder.mid_block.attentions.", "decoder.mid_block.attentions."))
    return "matrix" if is_vae and name.endswith(".weight") and "group_norm" not in name else "as_is"


def _is_vae_name(name: str) -> bool:
    return name.startswith(("encoder.", "decoder.", "quant_conv.", "post_quant_conv."))


def _original_vae_shapes(
    shapes: Mapping[str, tuple[int, ...]],
) -> tuple[dict[str, tuple[int, ...]], dict[str, str]]:
    """Return a diffusers VAE's shapes under the original names, and present name -> name in the file."""
    names = {keys.modern_vae_name(name): name for name in shapes}
    levels = len({name.split(".")[2] for name in names if name.startswith("encoder.down_blocks.")})
    layers = len({name.split(".")[4] for name in names if name.startswith("encoder.down_blocks.0.resnets.")})
    found = keys.originals(names, keys.vae_table(levels, layers))
    return {name: shapes[names[parts[0].name]] for name, parts in found.items()}, names


def _filled(build: Callable[[], nn.Module], state: dict[str, Tensor], where: str) -> Any:
    """Lay a model out without memory and give it ``state``; raises MikazukiError ``incomplete-model``."""
    with torch.device("meta"):
        model = build()
    outcome = model.load_state_dict(_fitting(model, state, where), strict=False, assign=True)
    if outcome.missing_keys:
        raise MikazukiError(
            "incomplete-model",
            f"{where} lacks {len(outcome.missing_keys)} tensors of its model, among them {outcome.missing_keys[0]}.",
            "Fetch the model again, or use another version of it.",
        )
    return model.requires_grad_(requires_grad=False).eval()


def _fitting(model: nn.Module, state: dict[str, Tensor], where: str) -> dict[str, Tensor]:
    for name, wanted in model.state_dict().items():
        if name in state and state[name].shape != wanted.shape:
            raise MikazukiError(
                "incomplete-model",
                f"{where} does not fit its own plan: {name} has the shape {tuple(state[name].shape)} instead of "
                f"{tuple(wanted.shape)}.",
                "It may be of an architecture that is not supported; use another version of the model.",
            )
    return state
