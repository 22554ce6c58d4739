"""Hypernetworks: their arithmetic, and their files as the classic web UI writes and reads them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal, cast

import torch
from safetensors.torch import load_file, save
from torch import Tensor, nn

from mikazuki.errors import MikazukiError
from mikazuki.files import replacing
from mikazuki.models.adapters import PRECISIONS, Precision
from mikazuki.models.classify import hypernetwork_widths
from mikazuki.models.export_files import save_torch
from mikazuki.models.headers import looks_like_safetensors
from mikazuki.models.hypernetwork_spec import (
    OLD_NAMES,
    PARTS,
    SETTING,
    HypernetworkSpec,
    Layer,
    check_hypernetwork,
    file_shapes_of,
    not_a_hypernetwork,
    older_shares,
)
from mikazuki.models.metadata import read_metadata

ACTIVATIONS: Final[Mapping[str, type[nn.Module]]] = {
    # the classic web UI computes this one under that name
    "swish": nn.Hardswish,
    **{
        kind.__name__.lower(): kind
        for kind in (
            nn.ReLU, nn.LeakyReLU, nn.ELU, nn.Tanh, nn.Sigmoid, nn.Hardswish, nn.Hardtanh, nn.GELU, nn.Mish, nn.SELU,
            nn.SiLU, nn.Softplus, nn.Softsign, nn.CELU, nn.ReLU6, nn.Hardsigmoid, nn.Hardshrink, nn.Softshrink,
            nn.Tanhshrink, nn.LogSigmoid,
        )
    },
}  # fmt: skip
"""Functions between layers by their names in files; ``linear`` is none."""
NORMAL_SPREAD: Final = 0.01
"""Standard deviation of weights that begin as ``Normal``, and of every norm's."""

Facts = dict[str, Any]
_STRUCTURE_KEYS: Final = (
    "layer_structure", "activation_func", "is_layer_norm", "weight_initialization", "activate_output", "use_dropout",
    "dropout_structure", "last_layer_dropout", "skip_connection",
)  # fmt: skip
_FACT_KEYS: Final = ("step", "name", "sd_checkpoint", "sd_checkpoint_name", "optional_info")
_TEXTS: Final = frozenset(
    {"activation_func", "weight_initialization", "name", "sd_checkpoint", "sd_checkpoint_name", "optional_info"}
)
"""Keys whose value is text; the others stand in the metadata of a .safetensors file as JSON."""


class ContextNetwork(nn.Module):
    """One network: adds what its layers make of a context to the context, before the keys or the values of it."""

    def __init__(self, width: int, spec: HypernetworkSpec) -> None:
        """Build and begin the layers for contexts of ``width`` numbers; raises MikazukiError as `activation_of`."""
        super().__init__()
        self.linear = nn.Sequential(*(_built(layer, spec) for layer in spec.layers(width)))

    def forward(self, context: Tensor, strength: float = 1.0) -> Tensor:
        """Return the context [..., width], changed times ``strength``, in its own type."""
        added: Tensor = self.linear(context)
        return (context + added * strength).to(context.dtype)


class Hypernetwork(nn.ModuleDict):
    """Two networks (`PARTS`) for each width; names of its tensors are those of a file: ``768.0.linear.0.weight``."""

    def __init__(self, widths: tuple[int, ...], spec: HypernetworkSpec) -> None:
        """Build the networks with weights to begin with, drawn from torch's own generator."""
        super().__init__(
            {str(width): nn.ModuleList(ContextNetwork(width, spec) for _ in PARTS) for width in sorted(widths)}
        )
        self.spec = spec
        self.strength = 1.0

    @property
    def widths(self) -> tuple[int, ...]:
        """Widths that have networks, smallest first."""
        return tuple(int(width) for width in self)

    def part(self, width: int, number: int) -> ContextNetwork:
        """Return the network of a width before keys (0) or values (1)."""
        found = self.get_submodule(f"{width}.{number}")
        return cast("ContextNetwork", found)


@dataclass(frozen=True)
class HypernetworkFile:
    """What a file holds: structure, tensors by the names of `Hypernetwork`, and what it tells of its training.

    ``sd_checkpoint`` is the first ten digits of the base model's SHA-256, ``info`` a text for people.
    """

    spec: HypernetworkSpec
    tensors: Mapping[str, Tensor] = field(repr=False)
    step: int = 0
    name: str | None = None
    sd_checkpoint: str | None = None
    sd_checkpoint_name: str | None = None
    info: str | None = None

    @property
    def widths(self) -> tuple[int, ...]:
        """Widths that it has networks for, smallest first."""
        return hypernetwork_widths({name: tuple(tensor.shape) for name, tensor in self.tensors.items()})


def activation_of(name: str) -> nn.Module:
    """Return a function by its name in files; raises MikazukiError ``hypernetwork-activation``."""
    kind = ACTIVATIONS.get(name)
    if kind is None:
        raise MikazukiError(
            "hypernetwork-activation",
            f"A hypernetwork with the activation {name!r} cannot be computed here.",
            f"Known are linear, {', '.join(sorted(ACTIVATIONS))}.",
        )
    return kind()


def read_hypernetwork(path: Path, setting: str = SETTING) -> HypernetworkFile:
    """Read a file; what old ones do not tell is what the classic web UI takes it for.

    Raises MikazukiError ``model-not-found``, ``not-a-hypernetwork``, ``unsafe-pickle`` and what reading headers raises.
    """
    check_hypernetwork(path, setting)
    tensors, facts = _from_safetensors(path) if looks_like_safetensors(path) else _from_pickle(path)
    shapes = {name: tuple(tensor.shape) for name, tensor in tensors.items()}
    try:
        spec, step = _spec_in(facts), int(facts.get("step") or 0)
        wanted = file_shapes_of(spec, hypernetwork_widths(shapes))
    except (TypeError, ValueError, OverflowError) as error:
        # an overflow: of numbers that are infinite, or become so times a width
        raise not_a_hypernetwork(path, f"what it says of itself cannot be read ({error})", setting) from error
    odd = sorted(name for name in wanted.keys() | shapes.keys() if wanted.get(name) != shapes.get(name))
    if odd:
        raise not_a_hypernetwork(path, f"{odd[0]} and the like do not fit the structure that it tells of", setting)
    if facts.get("skip_connection"):
        raise not_a_hypernetwork(path, "its layers are skipped in part, as only one other program computes it", setting)
    return HypernetworkFile(
        spec=spec,
        tensors=tensors,
        step=step,
        name=facts.get("name"),
        sd_checkpoint=facts.get("sd_checkpoint"),
        sd_checkpoint_name=facts.get("sd_checkpoint_name"),
        info=facts.get("optional_info"),
    )


def save_hypernetwork(
    path: Path, file: HypernetworkFile, metadata: Mapping[str, str], precision: Precision | None = None
) -> int:
    """Write a file and return its size in bytes; the ending of ``path`` chooses the format.

    .pt and .ckpt are what the classic web UI and its relatives load; a .safetensors file holds the same tensors by
    their names, and in its metadata the same facts beside ``metadata``. ``precision`` None means fp32. Raises
    MikazukiError (``disk-full``, ``not-writable``); an older file of that name stays until the new one is whole.
    """
    dtype = PRECISIONS[precision or "float"]
    tensors = {name: tensor.detach().to("cpu", dtype, copy=True) for name, tensor in file.tensors.items()}
    with replacing(path) as part:
        if path.suffix == ".safetensors":
            contiguous = {name: tensor.contiguous() for name, tensor in tensors.items()}
            part.write_bytes(save(contiguous, {**metadata, **_texts(file)}))
        else:
            save_torch(part, _by_width(file.widths, tensors) | _facts(file))
        return part.stat().st_size


def _built(layer: Layer, spec: HypernetworkSpec) -> nn.Module:
    match layer.kind:
        case "linear":
            outer, inner = layer.shape
            linear = nn.Linear(inner, outer)
            _begin(linear.weight, spec)
            nn.init.zeros_(linear.bias)
            return linear
        case "norm":
            norm = nn.LayerNorm(layer.shape[0])
            # small, and not 1, whatever the rest begins with: so a new network adds next to nothing
            nn.init.normal_(norm.weight, std=NORMAL_SPREAD)
            return norm
        case "dropout":
            return nn.Dropout(layer.share)
        case "activation":
            return activation_of(spec.activation)


def _begin(weight: Tensor, spec: HypernetworkSpec) -> None:
    """Fill a weight as ``weight_init`` says; Kaiming's kinds take the activation for ReLU, but for its leaky form."""
    leaky: Literal["leaky_relu", "relu"] = "leaky_relu" if spec.activation == "leakyrelu" else "relu"
    match spec.weight_init:
        case "XavierUniform":
            nn.init.xavier_uniform_(weight)
        case "XavierNormal":
            nn.init.xavier_normal_(weight)
        case "KaimingUniform":
            nn.init.kaiming_uniform_(weight, nonlinearity=leaky)
        case "KaimingNormal":
            nn.init.kaiming_normal_(weight, nonlinearity=leaky)
        case _:
            nn.init.normal_(weight, std=NORMAL_SPREAD)


def _facts(file: HypernetworkFile) -> Facts:
    """Return what a file says beside its tensors, under the classic web UI's keys."""
    spec = file.spec
    shares = list(spec.shares) or [0.0] * len(spec.widths)
    return {
        "step": file.step,
        "name": file.name,
        "layer_structure": list(spec.widths),
        "activation_func": spec.activation,
        "is_layer_norm": spec.layer_norm,
        "weight_initialization": spec.weight_init,
        "sd_checkpoint": file.sd_checkpoint,
        "sd_checkpoint_name": file.sd_checkpoint_name,
        "activate_output": spec.activate_output,
        "use_dropout": spec.drops,
        "dropout_structure": shares,
        "last_layer_dropout": shares[-2] != 0,
        "optional_info": file.info,
    }


def _texts(file: HypernetworkFile) -> dict[str, str]:
    facts = {key: value for key, value in _facts(file).items() if value is not None}
    return {key: value if key in _TEXTS else json.dumps(value) for key, value in facts.items()}


def _by_width(widths: tuple[int, ...], tensors: Mapping[str, Tensor]) -> dict[Any, Any]:
    """Return width -> tensors of the keys' network and of the values', by their names within it."""

    def below(prefix: str) -> dict[str, Tensor]:
        return {name.removeprefix(prefix): tensor for name, tensor in tensors.items() if name.startswith(prefix)}

    return {width: tuple(below(f"{width}.{number}.") for number in range(len(PARTS))) for width in widths}


def _from_safetensors(path: Path) -> tuple[dict[str, Tensor], Facts]:
    facts: Facts = {}
    for key, value in read_metadata(path).items():
        if key in _TEXTS:
            facts[key] = value
        elif key in {*_STRUCTURE_KEYS, *_FACT_KEYS}:
            try:
                facts[key] = json.loads(value)
            except ValueError:
                facts[key] = value  # refused with its name where the structure is read
    return load_file(path), facts


def _from_pickle(path: Path) -> tuple[dict[str, Tensor], Facts]:
    content = torch.load(path, map_location="cpu", weights_only=True)
    tensors = {
        f"{width}.{number}.{_new_name(name)}": tensor
        for width, parts in content.items()
        if isinstance(width, int) and isinstance(parts, (tuple, list))
        for number, part in enumerate(parts)
        if isinstance(part, dict)
        for name, tensor in part.items()
    }
    return tensors, {key: content[key] for key in (*_STRUCTURE_KEYS, *_FACT_KEYS) if key in content}


def _new_name(name: str) -> str:
    for old, new in OLD_NAMES.items():
        if name.startswith(old):
            return new + name.removeprefix(old)
    return name


def _spec_in(facts: Facts) -> HypernetworkSpec:
    """Return the structure that a file tells of; raises TypeError, ValueError, OverflowError where it is odd."""
    widths = tuple(float(width) for width in facts.get("layer_structure") or (1, 2, 1))
    if len(widths) < 2 or widths[0] != 1 or widths[-1] != 1:
        raise ValueError(f"layer_structure {widths}")
    shares = tuple(float(share) for share in facts.get("dropout_structure") or ())
    if not shares:
        drops, before_last = bool(facts.get("use_dropout")), bool(facts.get("last_layer_dropout"))
        shares = older_shares(len(widths), drops=drops, before_last=before_last)
    if len(shares) not in {0, len(widths)} or not all(0 <= share < 1 for share in shares):
        raise ValueError(f"dropout_structure {shares}")
    return HypernetworkSpec(
        widths=widths,
        activation=str(facts.get("activation_func") or "linear"),
        weight_init=str(facts.get("weight_initialization") or "Normal"),
        layer_norm=bool(facts.get("is_layer_norm")),
        activate_output=bool(facts.get("activate_output", True)),
        shares=shares if any(shares) else (),
    )
