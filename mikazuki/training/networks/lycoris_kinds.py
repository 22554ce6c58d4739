"""The kinds of LyCORIS module: the tensors each has in a file, how they begin, and the weight they add to the base's.

What a kind adds is computed by lycoris-lora's own formulas where the library offers them as functions. Its modules
are not used: they apply alpha / dim twice when they merge LoHa and LoKr, ignore DoRA where the multiplier is 0, read a
DyLoRA's file with another scale than it was trained with, and draw from Python's random numbers.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

import torch
from lycoris.functional import boft as _boft
from lycoris.functional import diag_oft as _diag_oft
from lycoris.functional import general as _general
from lycoris.functional import locon as _locon
from lycoris.functional import loha as _loha
from lycoris.functional import lokr as _lokr
from torch import Tensor, nn

from mikazuki.errors import MikazukiError
from mikazuki.models.lycoris_spec import ModuleSpec

Tensors = Mapping[str, Tensor]
"""A module's tensors by their names in a file."""
PLAIN: Final = "torch"
"""The library's arithmetic is pinned to torch's own kernels: the same numbers on every machine, nothing compiled."""
LOHA_STD: Final = 0.1


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of module.

    ``begin`` draws a new module's tensors for a base weight; ``delta`` returns what they add to a base weight, at the
    scale that ``scale`` makes of them and their alpha (0 where they have none); multiplying the tensors ``last`` by a
    number multiplies the delta by it (empty: there are no such). ``bias`` names what is added to the base's bias.
    """

    name: str
    begin: Callable[[Tensor, ModuleSpec], dict[str, Tensor]]
    delta: Callable[[Tensors, Tensor, float], Tensor]
    scale: Callable[[Tensors, float], float]
    last: tuple[str, ...] = ()
    bias: str = ""


def kind_of_tensors(tensors: Tensors) -> Kind:
    """Return the kind of a module of a file by the names of its tensors; raises MikazukiError ``lora-mismatch``."""
    for name, kind in _MARKS.items():
        if name in tensors:
            return BOFT if kind is DIAG_OFT and tensors[name].ndim == 4 else kind
    raise MikazukiError(
        "lora-mismatch",
        f"The file holds a module of an unknown kind, with {', '.join(sorted(tensors))}.",
        "Choose a file of LoRA, LoHa, LoKr, IA3, GLoRA, OFT, BOFT or full weights.",
    )


def dora_magnitudes(weight: Tensor, *, on_output: bool) -> Tensor:
    """Return the norms of a weight [out, in, ...]: one an output [out, 1, ...], or one an input [1, in, ...].

    Source: Liu et al. 2024, "DoRA: Weight-Decomposed Low-Rank Adaptation", where the trained magnitudes begin.
    """
    kept = 0 if on_output else 1
    others = [axis for axis in range(weight.ndim) if axis != kept]
    norms: Tensor = torch.linalg.vector_norm(weight.float(), dim=others, keepdim=True)
    return norms


def dora_delta(weight: Tensor, added: Tensor, magnitudes: Tensor) -> Tensor:
    """Return what DoRA adds: (W + added) rescaled to the trained magnitudes, less W; axes as `dora_magnitudes`."""
    weight, magnitudes = weight.float(), magnitudes.float()
    on_output = magnitudes.shape[0] == weight.shape[0]
    whole = _general.weight_decompose(weight + added, magnitudes, wd_on_out=on_output, backend=PLAIN)
    difference: Tensor = whole - weight
    return difference


def _uniform(weight: Tensor, *shape: int) -> Tensor:
    """Draw within 1 / sqrt(fan in), on the CPU; nothing is drawn where the base weight has no memory."""
    return nn.init.kaiming_uniform_(_empty(weight, *shape), a=math.sqrt(5))


def _normal(weight: Tensor, std: float, *shape: int) -> Tensor:
    return nn.init.normal_(_empty(weight, *shape), std=std)


def _zeros(weight: Tensor, *shape: int) -> Tensor:
    return nn.init.zeros_(_empty(weight, *shape))


def _empty(weight: Tensor, *shape: int) -> Tensor:
    return torch.empty(shape, device="meta" if weight.is_meta else "cpu")


def _number(weight: Tensor, value: float) -> Tensor:
    return torch.tensor(value, dtype=torch.float32, device="meta" if weight.is_meta else "cpu")


def _begin_alpha(weight: Tensor, spec: ModuleSpec) -> dict[str, Tensor]:
    """Return the alpha; with rs_lora what makes alpha / rank the alpha / sqrt(rank) of Kalajdzievski 2023."""
    alpha = spec.alpha or float(spec.dim)
    return {"alpha": _number(weight, alpha * math.sqrt(spec.dim) if spec.rs_lora else alpha)}


def _tucker(weight: Tensor, spec: ModuleSpec) -> bool:
    return spec.use_tucker and any(side != 1 for side in weight.shape[2:])


# LoRA: s * up @ down, with a core tensor between them for convolutions under use_tucker


def _begin_lora(weight: Tensor, spec: ModuleSpec) -> dict[str, Tensor]:
    out, inner, *sides = weight.shape
    rank, ones = spec.dim, [1] * len(sides)
    tucker = _tucker(weight, spec)
    tensors = {"lora_down.weight": _uniform(weight, rank, inner, *(ones if tucker else sides))}
    # a scalar of 0 lets both sides begin with numbers
    tensors["lora_up.weight"] = (_uniform if spec.use_scalar else _zeros)(weight, out, rank, *ones)
    if tucker:
        tensors["lora_mid.weight"] = _uniform(weight, rank, rank, *sides)
    return tensors | _begin_alpha(weight, spec)


def _delta_lora(t: Tensors, weight: Tensor, scale: float) -> Tensor:
    down, up, mid = t["lora_down.weight"], t["lora_up.weight"], t.get("lora_mid.weight")
    return cast("Tensor", _locon.diff_weight(down, up, mid, gamma=scale, backend=PLAIN)).view(weight.shape)


# LoHa: s * (w1_a @ w1_b) * (w2_a @ w2_b), elementwise; Hyeon-Woo et al. 2022, "FedPara"


def _begin_loha(weight: Tensor, spec: ModuleSpec) -> dict[str, Tensor]:
    out, inner, *sides = weight.shape
    rank, tucker = spec.dim, _tucker(weight, spec)
    wide = inner if tucker else inner * math.prod(sides)
    left = (rank, out) if tucker else (out, rank)
    tensors = {
        "hada_w1_a": _normal(weight, LOHA_STD, *left),
        "hada_w1_b": _normal(weight, 1.0, rank, wide),
        "hada_w2_a": _normal(weight, LOHA_STD, *left) if spec.use_scalar else _zeros(weight, *left),
        "hada_w2_b": _normal(weight, 1.0, rank, wide),
    }
    if tucker:
        tensors |= {f"hada_t{side}": _normal(weight, LOHA_STD, rank, rank, *sides) for side in (1, 2)}
    return tensors | _begin_alpha(weight, spec)


def _delta_loha(t: Tensors, weight: Tensor, scale: float) -> Tensor:
    sides = (t["hada_w1_b"], t["hada_w1_a"], t["hada_w2_b"], t["hada_w2_a"], t.get("hada_t1"), t.get("hada_t2"))
    gamma = torch.tensor(scale, device=weight.device)
    return cast("Tensor", _loha.diff_weight(*sides, gamma=gamma, backend=PLAIN)).reshape(weight.shape)


# LoKr: s * kron(w1, w2), each whole or a product of two


def _begin_lokr(weight: Tensor, spec: ModuleSpec) -> dict[str, Tensor]:
    out, inner, *sides = weight.shape
    rank, whole = spec.dim, spec.full_matrix
    small_in, large_in = _general.factorization(inner, spec.factor)
    small_out, large_out = _general.factorization(out, spec.factor)
    if spec.unbalanced_factorization:
        small_out, large_out = large_out, small_out
    tensors: dict[str, Tensor] = {}
    if spec.decompose_both and not whole and rank < max(small_out, small_in) / 2:
        tensors["lokr_w1_a"] = _uniform(weight, small_out, rank)
        tensors["lokr_w1_b"] = _uniform(weight, rank, small_in)
    else:
        tensors["lokr_w1"] = _uniform(weight, small_out, small_in)
    last = _uniform if spec.use_scalar else _zeros
    if whole or rank >= max(large_out, large_in) / 2:
        tensors["lokr_w2"] = last(weight, large_out, large_in, *sides)
    elif _tucker(weight, spec):
        tensors["lokr_t2"] = _uniform(weight, rank, rank, *sides)
        tensors["lokr_w2_a"] = _uniform(weight, rank, large_out)
        tensors["lokr_w2_b"] = last(weight, rank, large_in)
    else:
        tensors["lokr_w2_a"] = _uniform(weight, large_out, rank)
        tensors["lokr_w2_b"] = last(weight, rank, large_in * math.prod(sides))
    if {"lokr_w1", "lokr_w2"} <= tensors.keys():
        # two whole matrices act as they are; readers divide this alpha by network_dim, or not at all
        return tensors | {"alpha": _number(weight, rank)}
    return tensors | _begin_alpha(weight, spec)


def _delta_lokr(t: Tensors, weight: Tensor, scale: float) -> Tensor:
    names = ("lokr_w1", "lokr_w1_a", "lokr_w1_b", "lokr_w2", "lokr_w2_a", "lokr_w2_b", "lokr_t2")
    delta = _lokr.kron_weight(*(t.get(name) for name in names), scale=scale, backend=PLAIN)
    return cast("Tensor", delta).view(weight.shape)


# GLoRA: s * (W @ a1 @ a2 + b1 @ b2); Chavan et al. 2023, "One-for-All: Generalized LoRA"


def _begin_glora(weight: Tensor, spec: ModuleSpec) -> dict[str, Tensor]:
    out, inner, *sides = weight.shape
    rank, ones = spec.dim, [1] * len(sides)
    last = _uniform if spec.use_scalar else _zeros
    return {
        "a1.weight": _uniform(weight, inner, rank, *ones),
        "a2.weight": last(weight, rank, inner, *ones),
        "b1.weight": _uniform(weight, out, rank, *ones),
        "b2.weight": last(weight, rank, inner, *sides),
    } | _begin_alpha(weight, spec)


def _delta_glora(t: Tensors, weight: Tensor, scale: float) -> Tensor:
    a1, a2, b1, b2 = (t[f"{name}.weight"].flatten(1) for name in ("a1", "a2", "b1", "b2"))
    inputs = torch.einsum("oi...,ir,rj->oj...", weight.float(), a1, a2)
    return scale * (inputs + (b1 @ b2).view(weight.shape))


# whole weights, and norms


def _begin_full(weight: Tensor, spec: ModuleSpec) -> dict[str, Tensor]:
    del spec
    return {"diff": _zeros(weight, *weight.shape)}


def _begin_norm(weight: Tensor, spec: ModuleSpec) -> dict[str, Tensor]:
    del spec
    return {"w_norm": _zeros(weight, *weight.shape)}


# IA3: each output, or each input, times 1 + w; Liu et al. 2022, "Few-Shot Parameter-Efficient Fine-Tuning"


def _begin_ia3(weight: Tensor, spec: ModuleSpec) -> dict[str, Tensor]:
    width = weight.shape[1 if spec.on_input else 0]
    shape = (width,) if weight.ndim == 2 else (1, width, *[1] * (weight.ndim - 2))
    return {"weight": _zeros(weight, *shape), "on_input": torch.tensor(int(spec.on_input), device=weight.device)}


def _delta_ia3(t: Tensors, weight: Tensor, scale: float) -> Tensor:
    del scale
    shape = [1] * weight.ndim
    shape[1 if bool(t["on_input"]) else 0] = -1
    return weight.float() * t["weight"].view(shape)


# OFT and BOFT: blocks of outputs are rotated; Qiu et al. 2023, Liu et al. 2024. The scale here is the constraint.


def _begin_diag_oft(weight: Tensor, spec: ModuleSpec) -> dict[str, Tensor]:
    size, count = _general.factorization(weight.shape[0], spec.dim)
    return {"oft_blocks": _zeros(weight, count, size, size)} | _begin_rotation(weight, spec)


def _begin_boft(weight: Tensor, spec: ModuleSpec) -> dict[str, Tensor]:
    size, count = _general.power2factorization(weight.shape[0], spec.dim)
    if not count:
        raise MikazukiError(
            "bad-network-args",
            f"algo=boft cannot cut {weight.shape[0]} outputs into blocks of an even size up to {spec.dim}.",
            "Raise network_dim: a power of two times such blocks must give the outputs; 16 does for SD1, SD2 and SDXL.",
        )
    stages = (count - 1).bit_count() + 1
    return {"oft_blocks": _zeros(weight, stages, count, size, size)} | _begin_rotation(weight, spec)


def _begin_rotation(weight: Tensor, spec: ModuleSpec) -> dict[str, Tensor]:
    """Return what both rotations have besides their blocks; the file keeps the constraint in alpha."""
    tensors = {"alpha": _number(weight, spec.constraint)}
    if spec.rescaled:
        tensors["rescale"] = nn.init.ones_(_empty(weight, weight.shape[0], *[1] * (weight.ndim - 1)))
    return tensors


def _delta_rotation(library: Any) -> Callable[[Tensors, Tensor, float], Tensor]:
    def delta(t: Tensors, weight: Tensor, scale: float) -> Tensor:
        constraint = scale * weight.shape[0]
        blocks = t["oft_blocks"].float()
        found = library.diff_weight(weight.float(), blocks, t.get("rescale"), constraint=constraint, backend=PLAIN)
        return cast("Tensor", found)

    return delta


def _by_rank(*names: str) -> Callable[[Tensors, float], float]:
    """Return what divides alpha by the rank, which the first of these tensors that is there counts in its rows.

    Without any of them (LoKr of two whole matrices) what is added acts as it is.
    """

    def scale(t: Tensors, alpha: float) -> float:
        found = next((t[name] for name in names if name in t), None)
        return 1.0 if found is None else alpha / found.shape[0]

    return scale


def _as_it_is(t: Tensors, alpha: float) -> float:
    del t, alpha
    return 1.0


def _alpha(t: Tensors, alpha: float) -> float:
    del t
    return alpha


LORA: Final = Kind("lora", _begin_lora, _delta_lora, _by_rank("lora_down.weight"), ("lora_up.weight",))
LOHA: Final = Kind("loha", _begin_loha, _delta_loha, _by_rank("hada_w1_b"), ("hada_w1_a",))
LOKR: Final = Kind("lokr", _begin_lokr, _delta_lokr, _by_rank("lokr_w1_b", "lokr_w2_b"), ("lokr_w1", "lokr_w1_a"))
GLORA: Final = Kind("glora", _begin_glora, _delta_glora, _by_rank("a2.weight"), ("a2.weight", "b2.weight"))
FULL: Final = Kind("full", _begin_full, lambda t, _, __: t["diff"], _as_it_is, ("diff",), "diff_b")
NORM: Final = Kind("norm", _begin_norm, lambda t, _, __: t["w_norm"], _as_it_is, (), "b_norm")
IA3: Final = Kind("ia3", _begin_ia3, _delta_ia3, _as_it_is, ("weight",))
DIAG_OFT: Final = Kind("diag-oft", _begin_diag_oft, _delta_rotation(_diag_oft), _alpha)
BOFT: Final = Kind("boft", _begin_boft, _delta_rotation(_boft), _alpha)
KINDS: Final = {
    "lora": LORA,
    "locon": LORA,
    "loha": LOHA,
    "lokr": LOKR,
    "glora": GLORA,
    "full": FULL,
    "ia3": IA3,
    "diag-oft": DIAG_OFT,
    "boft": BOFT,
}
"""The kind of module by algo; DyLoRA has a module of its own."""
_MARKS: Final = {
    "lora_up.weight": LORA,
    "hada_w1_a": LOHA,
    "lokr_w1": LOKR,
    "lokr_w1_a": LOKR,
    "a1.weight": GLORA,
    "diff": FULL,
    "w_norm": NORM,
    "on_input": IA3,
    "oft_blocks": DIAG_OFT,
}
"""A name that only this kind has."""
