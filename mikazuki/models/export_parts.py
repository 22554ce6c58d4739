"""Gives the tensors of a base model's parts, from modules or from the model's files, and lays them out for one file.

Nothing is copied here: a tensor is put into its original form when it is written.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor, nn

from mikazuki.errors import MikazukiError
from mikazuki.models import configs, keys
from mikazuki.models.conversion import EMA_PREFIX
from mikazuki.models.convert import Target, gather, ungather
from mikazuki.models.families import UNET_PREFIX, VAE_PREFIX, Family, TextEncoderSpec
from mikazuki.models.identify import ModelInfo, part_files
from mikazuki.models.prediction import PredictionType
from mikazuki.models.weights import opened, opened_all

EMPTY_MARKS: Final = ("v_pred", "ztsnr")
"""Tensors without numbers by whose names UIs know v-prediction, and training down to pure noise."""
LOGIT_SCALE: Final = math.log(100)
"""Where CLIP's training bounds the scale of its logits; no caption's meaning depends on it."""
_COMPILED: Final = "_orig_mod."
TEXT_PREFIX: Final = "text_model."
"""Begins the names of a text encoder in files, but not in every version of its module."""


@dataclass(frozen=True, slots=True)
class WholeModel:
    """What a base model is made of, to be written.

    A part that is None (an encoder: None in its place, or an empty sequence for all) is taken from ``source`` as it
    lies there, bit for bit where the number type is the same, and without a model being built. ``zero_snr`` says that
    it was trained down to pure noise (zero_terminal_snr), which UIs want to know beside v-prediction; ``ema`` takes
    the mean of the weights that a training file may keep beside the UNet of ``source``.
    """

    family: Family
    prediction_type: PredictionType
    unet: nn.Module | None = None
    text_encoders: Sequence[nn.Module | None] = ()
    vae: nn.Module | None = None
    source: ModelInfo | None = None
    zero_snr: bool = False
    ema: bool = False

    def encoder(self, number: int) -> nn.Module | None:
        """Return a text encoder by its number, None where the source's is meant."""
        return self.text_encoders[number] if number < len(self.text_encoders) else None


@dataclass(frozen=True, slots=True)
class LazyTensor:
    """A tensor that is made when it is written."""

    shape: tuple[int, ...]
    dtype: torch.dtype
    make: Callable[[], Tensor]

    @property
    def bytes(self) -> int:
        """Its size in the file."""
        return math.prod(self.shape) * self.dtype.itemsize

    def to(self, dtype: torch.dtype | None) -> "LazyTensor":
        """Return it in another number type; None and whole numbers stay as they are."""
        if dtype is None or not self.dtype.is_floating_point or self.dtype == dtype:
            return self
        return LazyTensor(self.shape, dtype, lambda: self.make().to(dtype))


Tensors = dict[str, LazyTensor]
State = dict[str, Tensor]


class _AsTheyAre(Target):
    """Leaves tensors where they are, in their type."""

    def put(self, tensor: Tensor) -> Tensor:
        return tensor


def checkpoint_tensors(model: WholeModel, dtype: torch.dtype | None) -> Tensors:
    """Return every tensor of a single file under its original name, weights in ``dtype``.

    Raises MikazukiError ``incomplete-model`` where a part is neither given nor in the source; the VAE alone may be
    missing, as it is in many files.
    """
    state = unet_state(model)
    found = _originals(UNET_PREFIX, state, keys.unet_table(keys.diffusers_unet_layout(state)))
    state = vae_state(model)
    if state:
        found |= _originals(VAE_PREFIX, state, _vae_table(state))
    for number, spec in enumerate(model.family.text_encoders):
        found |= _text_originals(model, number, spec)
    return {name: tensor.to(dtype) for name, tensor in found.items()} | _marks(model)


def unet_state(model: WholeModel) -> State:
    """Return the UNet's tensors under diffusers' names."""
    if model.unet is not None:
        return _module_state(model.unet)
    source = _source(model, "a UNet")
    if source.layout == "diffusers":
        return _folder_state(source, "unet")
    shapes = configs.part_shapes(source.shapes, UNET_PREFIX)
    if model.ema and _ema_name(next(iter(shapes))) not in source.shapes:
        raise MikazukiError(
            "no-ema", f"{source.path} keeps no mean of its weights (EMA).", "Leave ema off: there is one UNet only."
        )
    place = _ema_name if model.ema else lambda name: UNET_PREFIX + name
    return _file_state(source, list(shapes), keys.unet_table(keys.unet_layout(shapes)), place)


def vae_state(model: WholeModel) -> State:
    """Return the VAE's tensors under diffusers' names; nothing where the source has none either."""
    if model.vae is not None:
        return _module_state(model.vae)
    if model.source is None or not model.source.has_vae:
        return {}
    if model.source.layout == "diffusers":
        return _folder_state(model.source, "vae")
    shapes = configs.part_shapes(model.source.shapes, VAE_PREFIX)
    config = configs.vae_config(shapes, model.family)
    table = keys.vae_table(len(config["block_out_channels"]), config["layers_per_block"])
    return _file_state(model.source, list(shapes), table, lambda name: VAE_PREFIX + name)


def text_state(model: WholeModel, number: int) -> State:
    """Return a text encoder's tensors under transformers' names without their first word."""
    spec, module = model.family.text_encoders[number], model.encoder(number)
    if module is not None:
        state = {name.removeprefix(TEXT_PREFIX): tensor for name, tensor in _module_state(module).items()}
    else:
        source = _source(model, f"a text encoder ({spec.folder})")
        state = _folder_text(source, spec) if source.layout == "diffusers" else _file_text(source, spec)
        if source.layout == "single" and spec.drop_last:
            last = f"encoder.layers.{_layers(state) - 1}."
            state = {name: tensor for name, tensor in state.items() if not name.startswith(last)}
    return {name: tensor for name, tensor in state.items() if spec.projected or not name.startswith("text_projection")}


def _source(model: WholeModel, what: str) -> ModelInfo:
    if model.source is None:
        raise MikazukiError(
            "incomplete-model", f"The model to be written lacks {what}.", "Name the base model it was made from."
        )
    return model.source


def _module_state(module: nn.Module) -> State:
    """Return a module's tensors; compiled blocks lose the word that compiling adds."""
    return {name.replace(_COMPILED, ""): tensor.detach() for name, tensor in module.state_dict().items()}


def _folder_state(source: ModelInfo, folder: str) -> State:
    """Return a folder's UNet or VAE, an old VAE's attention under its present names and as matrices."""
    state: State = {}
    with opened_all(part_files(source.path / folder)) as (read, names):
        for name in names:
            tensor, modern = read(name), keys.modern_vae_name(name)
            is_attention = folder == "vae" and ".attentions." in modern
            state[modern] = tensor.flatten(1) if is_attention and tensor.ndim > 2 else tensor
    return state


def _file_state(source: ModelInfo, names: Sequence[str], table: keys.Table, place: Callable[[str], str]) -> State:
    """Return a part of a single file under diffusers' names; ``place`` gives a tensor's whole name in the file."""
    found, _ = keys.pieces(names, table)
    with opened(source.path) as (read, _names):
        return gather(found, lambda name: read(place(name)), _AsTheyAre(torch.float32))


def _folder_text(source: ModelInfo, spec: TextEncoderSpec) -> State:
    table = keys.clip_table() | {"text_projection": "text_projection"}
    with opened_all(part_files(source.path / spec.folder)) as (read, names):
        found, _ = keys.pieces(names, table)
        return {name: read(piece.name) for name, piece in found.items()}


def _file_text(source: ModelInfo, spec: TextEncoderSpec) -> State:
    """Return a single file's encoder, with the layer and the projection that are never computed."""
    shapes = configs.part_shapes(source.shapes, spec.prefix)
    table = keys.open_clip_table(configs.text_layers(shapes)) if spec.kind == "open_clip" else keys.clip_table()
    return _file_state(source, list(shapes), table, lambda name: spec.prefix + name)


def _text_originals(model: WholeModel, number: int, spec: TextEncoderSpec) -> Tensors:
    state = text_state(model, number)
    if spec.kind == "clip":
        return _originals(spec.prefix, state, keys.clip_table())
    source = model.source if model.source is not None and model.source.layout == "single" else None
    if spec.drop_last:
        kept = _file_text(source, spec) if source else {}
        state = _with_unused(state, kept)
    found = _originals(spec.prefix, state, keys.open_clip_table(_layers(state)))
    name = f"{spec.prefix}logit_scale"
    if source and name in source.shapes:
        with opened(source.path) as (read, _):
            found[name] = ready(read(name))
    elif spec.drop_last:
        found[name] = ready(torch.tensor(LOGIT_SCALE))
    return found


def _with_unused(state: State, kept: State) -> State:
    """Add what SD2's files hold beside what is computed with: a last layer and a projection.

    They are the source file's where it has them; else the layer before once more, and a projection that changes
    nothing: programs that let every layer run find one there.
    """
    norm, layers = state["final_layer_norm.weight"], _layers(state)
    before, last = f"encoder.layers.{layers - 1}.", f"encoder.layers.{layers}."
    unused = {last + name.removeprefix(before): tensor for name, tensor in state.items() if name.startswith(before)}
    unused["text_projection.weight"] = torch.eye(norm.shape[0], dtype=norm.dtype)
    return state | {name: kept.get(name, tensor) for name, tensor in unused.items()}


def _layers(state: Mapping[str, Tensor]) -> int:
    return 1 + max((int(name.split(".")[2]) for name in state if name.startswith("encoder.layers.")), default=-1)


def _originals(prefix: str, state: State, table: keys.Table) -> Tensors:
    """Return a part under its original names; forms are worked out on tensors without memory."""
    forms = {name: tensor.to("meta") for name, tensor in state.items()}
    found: Tensors = {}
    for name, parts in keys.originals(state, table).items():
        own = {name: parts}
        form = ungather(own, forms)[name]
        found[prefix + name] = LazyTensor(tuple(form.shape), form.dtype, _maker(own, state, name))
    return found


def _maker(parts: Mapping[str, Sequence[keys.Piece]], state: State, name: str) -> Callable[[], Tensor]:
    return lambda: ungather(parts, state)[name]


def _vae_table(state: Mapping[str, Tensor]) -> keys.Table:
    levels = {name.split(".")[2] for name in state if name.startswith("encoder.down_blocks.")}
    layers = {name.split(".")[4] for name in state if name.startswith("encoder.down_blocks.0.resnets.")}
    return keys.vae_table(len(levels), len(layers))


def _marks(model: WholeModel) -> Tensors:
    """Return the empty tensors that tell of v-prediction; sd2 is known without them."""
    if model.prediction_type != "v_prediction" or model.family.name == "sd2":
        return {}
    names = EMPTY_MARKS if model.zero_snr else EMPTY_MARKS[:1]
    return {name: ready(torch.zeros(0)) for name in names}


def ready(tensor: Tensor) -> LazyTensor:
    """Return a tensor that is there already."""
    return LazyTensor(tuple(tensor.shape), tensor.dtype, lambda: tensor)


def _ema_name(name: str) -> str:
    """Return where the mean of a UNet's tensor lies: the name without points."""
    return EMA_PREFIX + f"diffusion_model.{name}".replace(".", "")
