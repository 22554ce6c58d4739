"""Which arguments each optimizer takes, as data, so that a misspelt one is refused before anything is imported."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from types import MappingProxyType
from typing import Final

from mikazuki.settings.optimizers import TORCH, TORCH_CLASSES, find_target, parse_arguments

_TORCH: Final = "foreach maximize differentiable capturable"
_8_BIT: Final = "betas eps weight_decay amsgrad optim_bits args min_8bit_size"
_DADAPT: Final = "weight_decay log_every d0"
_FREE: Final = "weight_decay r weight_lr_power foreach"

_NAMES: Final[Mapping[str, Mapping[str, str]]] = {
    "torch.optim": {
        "ASGD": f"lambd alpha t0 weight_decay {_TORCH}",
        "Adadelta": f"rho eps weight_decay {_TORCH}",
        "Adafactor": "beta2_decay eps d weight_decay foreach maximize",
        "Adagrad": "lr_decay weight_decay initial_accumulator_value eps foreach maximize differentiable fused",
        "Adam": f"betas eps weight_decay amsgrad fused decoupled_weight_decay {_TORCH}",
        "AdamW": f"betas eps weight_decay amsgrad fused {_TORCH}",
        "Adamax": f"betas eps weight_decay {_TORCH}",
        "Muon": "weight_decay momentum nesterov ns_coefficients eps ns_steps adjust_lr_fn",
        "NAdam": f"betas eps weight_decay momentum_decay decoupled_weight_decay {_TORCH}",
        "RAdam": f"betas eps weight_decay decoupled_weight_decay {_TORCH}",
        "RMSprop": f"alpha eps weight_decay momentum centered {_TORCH}",
        "Rprop": f"etas step_sizes {_TORCH}",
        "SGD": "momentum dampening weight_decay nesterov maximize foreach differentiable fused",
    },
    "transformers.optimization": {
        "Adafactor": ("eps clip_threshold decay_rate beta1 weight_decay scale_parameter relative_step warmup_init"),
    },
    "bitsandbytes.optim": {
        "AdamW8bit": f"{_8_BIT} is_paged",
        "PagedAdamW": _8_BIT,
        "PagedAdamW8bit": _8_BIT,
        "PagedAdamW32bit": _8_BIT,
        "Lion8bit": "betas weight_decay args min_8bit_size is_paged",
        "PagedLion8bit": "betas weight_decay args min_8bit_size",
        "SGD8bit": "momentum dampening weight_decay nesterov args min_8bit_size",
    },
    "lion_pytorch": {"Lion": "betas weight_decay use_triton decoupled_weight_decay"},
    "dadaptation": {
        "DAdaptAdaGrad": f"{_DADAPT} momentum eps growth_rate",
        "DAdaptAdam": f"{_DADAPT} betas eps decouple use_bias_correction growth_rate fsdp_in_use",
        "DAdaptAdan": f"{_DADAPT} betas eps no_prox growth_rate",
        "DAdaptLion": f"{_DADAPT} betas fsdp_in_use",
        "DAdaptSGD": f"{_DADAPT} momentum growth_rate fsdp_in_use",
    },
    "dadaptation.experimental": {
        "DAdaptAdamPreprint": f"{_DADAPT} betas eps decouple growth_rate fsdp_in_use",
        "DAdaptAdanIP": f"{_DADAPT} betas eps no_prox growth_rate",
    },
    "prodigyopt": {
        "Prodigy": (
            "betas beta3 eps weight_decay decouple use_bias_correction safeguard_warmup d0 d_coef growth_rate "
            "fsdp_in_use slice_p"
        ),
    },
    "prodigyplus": {
        "ProdigyPlusScheduleFree": (
            "betas beta3 weight_decay weight_decay_by_lr use_bias_correction d0 d_coef prodigy_steps use_speed eps "
            "split_groups split_groups_mean factored factored_fp32 fused_back_pass use_stableadamw use_muon_pp "
            "use_cautious use_grams use_adopt use_orthograd use_focus stochastic_rounding"
        ),
    },
    "schedulefree": {
        "AdamWScheduleFree": f"{_FREE} betas eps warmup_steps",
        "RAdamScheduleFree": f"{_FREE} betas eps silent_sgd_phase",
        "SGDScheduleFree": f"{_FREE} momentum warmup_steps",
    },
}

ARGUMENTS: Final[Mapping[tuple[str, str], frozenset[str]]] = MappingProxyType(
    {
        (module, name): frozenset(arguments.split())
        for module, classes in _NAMES.items()
        for name, arguments in classes.items()
    }
)
"""(module, class) -> arguments beside the rate, in the versions that are installed on request.

CAME is left out: it takes any.
"""


def problems(optimizer_type: str, optimizer_args: Sequence[str]) -> Iterator[str]:
    """Yield what is wrong with an optimizer's path in torch and with its arguments, one sentence each.

    What is not in the table, such as another class of an installed package, is left to the trainer.
    """
    target = find_target(optimizer_type)
    if target is None:
        return
    if target.module == TORCH and (TORCH, target.name) not in ARGUMENTS:
        near = get_close_matches(target.name, TORCH_CLASSES, n=1, cutoff=0.5)
        guess = f"; did you mean {TORCH}.{near[0]}?" if near else "."
        yield f"optimizer_type {optimizer_type}: torch has no optimizer {target.name} that can train this{guess}"
        return
    known = ARGUMENTS.get((target.module, target.name))
    if known is None:
        return
    for name in parse_arguments(optimizer_args):
        if name == "lr":
            yield "optimizer_args: lr is set by learning_rate."
        elif name not in known:
            near = get_close_matches(name, known, n=1)
            guess = f"; did you mean {near[0]}?" if near else f": it takes {', '.join(sorted(known))}."
            yield f"optimizer_args: {target.name} has no {name}{guess}"
