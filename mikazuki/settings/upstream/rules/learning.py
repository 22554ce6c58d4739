"""How it learns: optimizers, their rates, the course of the rate, noise and loss."""

from collections.abc import Iterator
from typing import Final

from mikazuki.settings.optimizer_arguments import problems as argument_problems
from mikazuki.settings.optimizers import TORCH_CLASSES as TORCH_OPTIMIZERS
from mikazuki.settings.optimizers import find_target, finds_own_rate, is_schedule_free, known, sets_own_rate
from mikazuki.settings.schedules import ALLOWED, ARGUMENTS, TORCH_CLASSES
from mikazuki.settings.upstream.rules.view import Rule, Rules, View

DOTTED: Final = ("CAME", "ProdigyPlusScheduleFree")
"""Optimizers that the builtin engine knows by name and upstream by the path of their class alone."""

TOO_MANY_ARGUMENTS: Final = ("reduce_lr_on_plateau", "cosine_warmup_with_min_lr")
"""Names that upstream accepts, and then calls with arguments that they do not take."""

COURSES: Final = tuple(name for name in ARGUMENTS if name not in TOO_MANY_ARGUMENTS)
"""Names of ``lr_scheduler`` that work."""

HIGHEST_RATE: Final = 10.0
"""Above this every optimizer diverges: the file would be full of NaN, and the exit code 0."""

LOWEST_FACTOR: Final = 0.1
"""At this and below, upstream too takes the rate of an optimizer that finds its own for a mistake."""

_PARTS: Final = ("self_attn_lr", "cross_attn_lr", "mlp_lr", "mod_lr", "llm_adapter_lr")
_ENCODERS: Final = ("learning_rate_te", "learning_rate_te1", "learning_rate_te2", "learning_rate_te3")

FUSING: Final = (
    "anima_train", "flux_train", "flux_train_control_net", "lumina_train", "sd3_train", "sdxl_train",
    "sdxl_train_control_net", "train_control_net",
)  # fmt: skip
"""Scripts that heed `fused_backward_pass`; all the others take it too."""

NOT_WORKING: Final = ("flux_train", "flux_train_control_net", "lumina_train", "sd3_train")
"""Scripts that still take `fused_optimizer_groups` and do nothing with it."""


def optimizer_name(s: View) -> str:
    """Return the optimizer's name, whichever option says it; AdamW where none does."""
    if s.use_8bit_adam:
        return "AdamW8bit"
    return "Lion" if s.use_lion_optimizer else s.optimizer_type or "AdamW"


def rates(s: View) -> list[tuple[str, float]]:
    """Return the rates above 0 that take effect, each with the option that sets it."""
    if s.script.methods[0] == "lora":
        found = _network_rates(s)
    elif s.has("control_net_lr"):
        found = [("control_net_lr", s.control_net_lr)]
    else:
        encoders = _ENCODERS if s.train_text_encoder or not s.has("train_text_encoder") else ()
        found = [(name, getattr(s, name)) for name in ("learning_rate", *encoders, *_PARTS)]
    return [(name, rate) for name, rate in found if rate]


def _network_rates(s: View) -> list[tuple[str, float]]:
    common = [("learning_rate", s.learning_rate)]
    unet = common if s.unet_lr is None else [("unet_lr", s.unet_lr)]
    encoders = common if s.text_encoder_lr is None else [("text_encoder_lr", rate) for rate in s.text_encoder_lr]
    if s.network_train_unet_only:
        return unet
    return encoders if s.network_train_text_encoder_only else unet + encoders


def optimizer(s: View) -> Iterator[Rule]:
    """Names and ways to write them."""
    if not s.script.trains:
        return
    name = optimizer_name(s)
    yield known(name), known(name) or ""
    target = find_target(name)
    dotted = {one.lower() for one in DOTTED}
    yield (
        name.lower() in dotted and target,
        f"optimizer_type {name} is known to sd-scripts by its path alone: write {target.module}.{target.name}."
        if target
        else "",
    )
    torch_name = {one.lower(): one for one in TORCH_OPTIMIZERS}.get(name.lower(), name)
    yield (
        torch_name not in {name, "AdamW"},
        f"optimizer_type {name} must be written {torch_name}: of torch's own classes sd-scripts heeds the case.",
    )
    yield s.use_8bit_adam and s.use_lion_optimizer, "use_8bit_adam and use_lion_optimizer exclude each other: set one."
    older = "use_8bit_adam" if s.use_8bit_adam else "use_lion_optimizer"
    yield (
        (s.use_8bit_adam or s.use_lion_optimizer) and s.optimizer_type,
        f"{older} and optimizer_type exclude each other: set optimizer_type alone.",
    )


def optimizer_arguments(s: View) -> Iterator[Rule]:
    """Arguments that the optimizer does not take, and paths in torch that lead nowhere."""
    if s.script.trains:
        found = " ".join(argument_problems(optimizer_name(s), s.optimizer_args or ()))
        yield found, found


def rate_sizes(s: View) -> tuple[Rule, ...]:
    """Sizes of the rates against the optimizer's way to use them."""
    if not s.script.trains:
        return ()
    name, found = optimizer_name(s), rates(s)
    high = dict.fromkeys(option for option, rate in found if rate > HIGHEST_RATE)
    own = finds_own_rate(name) or name.rpartition(".")[2].lower().startswith("prodigyplus")
    low = dict.fromkeys(option for option, rate in found if rate <= LOWEST_FACTOR)
    return (
        (high, f"{', '.join(high)}: a rate above {HIGHEST_RATE:g} makes every weight NaN."),
        (
            not found and not sets_own_rate(name, s.optimizer_args or ()),
            "nothing would be trained: learning_rate is 0 for every part: set the rate of what is to be trained.",
        ),
        (
            own and low,
            f"{name} finds the rate itself, and learning_rate is a factor of it: set {', '.join(low)} to 1.",
        ),
        (
            own and len({rate for _, rate in found}) > 1,
            f"{name} has one rate for everything: set {', '.join(dict(found))} alike, or to 0 for what is not trained.",
        ),
    )


def course(s: View) -> Iterator[Rule]:
    """The course of the rate: names that do not work, and warm-ups without one."""
    name, optimizer_ = s.lr_scheduler or "constant", optimizer_name(s)
    if not s.script.trains or is_schedule_free(optimizer_):
        return
    relative = sets_own_rate(optimizer_, s.optimizer_args or ())
    yield s.lr_scheduler_type and not _torch_course(s.lr_scheduler_type), _unknown_class(s.lr_scheduler_type)
    by_name = not s.lr_scheduler_type and not relative
    adafactor = name.startswith("adafactor")
    yield (
        by_name and adafactor and not (optimizer_.lower() == "adafactor" and _is_number(name.partition(":")[2])),
        f"lr_scheduler {name} needs optimizer_type Adafactor, and a rate behind it: adafactor:1e-3.",
    )
    yield (
        by_name and not adafactor and name not in ARGUMENTS,
        f"lr_scheduler {name} is not known: use {', '.join(COURSES)}.",
    )
    yield (
        by_name and name in TOO_MANY_ARGUMENTS,
        f"lr_scheduler {name} fails in sd-scripts, which gives it arguments that it does not take: use another one.",
    )
    yield (
        by_name and name == "piecewise_constant" and not _says(s.lr_scheduler_args, "step_rules"),
        "lr_scheduler piecewise_constant needs its steps: lr_scheduler_args = [\"step_rules='1:10,0.1:20,0.01'\"].",
    )
    lowest = s.lr_scheduler_min_lr_ratio is not None or _says(s.lr_scheduler_args, "min_lr")
    yield (
        by_name and name == "cosine_with_min_lr" and not lowest,
        "lr_scheduler cosine_with_min_lr needs its end: set lr_scheduler_min_lr_ratio.",
    )
    plain = s.lr_scheduler_type or relative or adafactor or name == "constant"
    yield (
        plain and s.lr_warmup_steps,
        "lr_warmup_steps stops the training with this lr_scheduler: leave it out, or use constant_with_warmup.",
    )
    dadapt = optimizer_.rpartition(".")[2].lower().startswith("dadapt")
    yield (
        by_name and dadapt and name not in {"constant", "constant_with_warmup"},
        f"{optimizer_} estimates its rate from full steps: set lr_scheduler to constant or constant_with_warmup.",
    )
    yield (
        by_name and name == "warmup_stable_decay" and _too_long(s),
        "lr_warmup_steps and lr_decay_steps together are longer than max_train_steps: shorten them.",
    )


def _torch_course(name: str) -> bool:
    module = name.rpartition(".")[0]
    return (
        name in TORCH_CLASSES if not module else any(module == one or module.startswith(f"{one}.") for one in ALLOWED)
    )


def _unknown_class(name: str) -> str:
    return f"lr_scheduler_type {name} is not known: use {', '.join(TORCH_CLASSES)}, or a path in {', '.join(ALLOWED)}."


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _says(pairs: list[str] | None, key: str) -> bool:
    return any(pair.partition("=")[0] == key for pair in pairs or ())


def _too_long(s: View) -> bool:
    total = s.max_train_steps or 0
    parts = (s.lr_warmup_steps or 0, s.lr_decay_steps or 0)
    steps = sum(int(part * total) if isinstance(part, float) else part for part in parts)
    return not s.max_train_epochs and steps > total


def updates(s: View) -> tuple[Rule, ...]:
    """Ways to update weights that exclude one another."""
    name = optimizer_name(s)
    return (
        (
            s.fused_backward_pass and name.lower() != "adafactor",
            "fused_backward_pass works with optimizer_type Adafactor only.",
        ),
        (
            s.fused_backward_pass and s.script.name not in FUSING,
            f"fused_backward_pass has no effect in {s.script.name}: leave it out.",
        ),
        (
            s.fused_backward_pass and s.gradient_accumulation_steps > 1,
            "fused_backward_pass and gradient_accumulation_steps exclude each other: set one.",
        ),
        (
            s.fused_optimizer_groups and s.script.name in NOT_WORKING,
            f"fused_optimizer_groups does not work in {s.script.name}: set blockwise_fused_optimizers instead.",
        ),
        (
            s.fused_backward_pass and (s.blockwise_fused_optimizers or s.fused_optimizer_groups),
            "fused_backward_pass excludes fused_optimizer_groups and blockwise_fused_optimizers: set one.",
        ),
        (
            s.blockwise_fused_optimizers and is_schedule_free(name),
            f"blockwise_fused_optimizers cannot be used with the schedule-free {name}: set one.",
        ),
    )


def noise(s: View) -> tuple[Rule, ...]:
    """Noise and loss."""
    low, high = s.min_timestep or 0, 1000 if s.max_timestep is None else s.max_timestep
    return (
        (low >= high, f"min_timestep {low} must be below max_timestep {high}."),
        (
            s.adaptive_noise_scale is not None and not s.noise_offset,
            "adaptive_noise_scale changes noise_offset: set noise_offset as well.",
        ),
        (
            s.scale_v_pred_loss_like_noise_pred and not s.v_parameterization,
            "scale_v_pred_loss_like_noise_pred is for models that predict v: set v_parameterization, or leave it off.",
        ),
        (
            s.zero_terminal_snr and not s.v_parameterization,
            "zero_terminal_snr is for models that predict v: set v_parameterization, or leave it off.",
        ),
        (
            s.v_pred_like_loss and s.v_parameterization,
            "v_pred_like_loss is for models that predict noise: leave it out.",
        ),
    )


GROUPS: Final[tuple[Rules, ...]] = (optimizer, optimizer_arguments, rate_sizes, course, updates, noise)
