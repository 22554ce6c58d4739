"""What options of other launchers mean in ours where a new name alone does not say it."""

import re
from typing import Any, Final

from mikazuki.settings.old_files_draft import NOTHING, Draft, as_arguments
from mikazuki.settings.old_files_names import (
    FAMILY_BOXES,
    LORA_ARGUMENTS,
    LORA_TYPES,
    LYCORIS_ARGUMENTS,
    METHOD_MARKS,
    MODEL_TYPES,
    NETWORK_FAMILIES,
    NO_CLIP_SKIP,
    SDXL_BOXES,
    TRAIN_TYPES,
)
from mikazuki.settings.old_files_read import KOHYA_SS, SCRIPT, flags
from mikazuki.settings.target import CHROMA, FAMILIES, Target

SAMPLE_LINE: Final = {
    "sample_width": "w",
    "sample_height": "h",
    "sample_cfg": "l",
    "sample_steps": "s",
    "sample_seed": "d",
}
"""Options of lora-scripts' form -> letter of a prompt line's flag."""

NO_WARM_UP: Final = frozenset({"constant", "adafactor"})
"""Schedules that pass over a warm-up."""

WITH_CONVOLUTIONS: Final = frozenset({"Kohya LoCon", "Kohya DyLoRA"})
"""Kinds of upstream's own networks for which kohya_ss' form hands on ``conv_dim`` and ``conv_alpha``."""

SAMPLE_WHEN: Final = ("sample_every_n_epochs", "sample_every_n_steps", "sample_at_first")
PROMPT_FILES: Final = (".txt", ".toml", ".json")
LONGEST: Final = 225
"""Tokens of the longest captions that a text encoder is trained with, in chunks of 75."""


def find_target(draft: Draft) -> None:
    """Find method and family, and put them into the values where they are not the usual ones."""
    method, family = TRAIN_TYPES.get(str(draft.values.pop("model_train_type", "")), ("lora", "auto"))
    if family == "auto":
        family = NETWORK_FAMILIES.get(str(draft.values.get("network_module")), family)
    model_type = str(draft.values.pop("model_type", ""))
    if model_type and (family == "auto" or model_type == CHROMA):
        family = MODEL_TYPES.get(model_type, model_type)
    for box, boxed in FAMILY_BOXES.items():
        if draft.take(box):
            family = boxed
    if draft.origin == KOHYA_SS:
        method = next((name for name, marks in METHOD_MARKS.items() if marks & draft.values.keys()), method)
    method = str(draft.values.pop("method", method))
    if method != "lora" and family == "auto":
        family = "sd2" if draft.used("v2") else "sd1"
    draft.target = Target(method, family)
    draft.values |= {} if family == "auto" else {"model_type": family}
    draft.values |= {} if method == "lora" and draft.target.ours else {"method": method}
    if not draft.target.ours:
        draft.values |= {"engine": "sd-scripts"}


def extra(draft: Draft) -> None:
    """Take kohya_ss' field of further flags apart: they come last on its command line, so they count."""
    for name, value in flags(str(draft.take("additional_parameters") or "")):
        draft.add(name, value, "it stood among additional_parameters")


def network(draft: Draft) -> None:
    """Gather what a form asks about a network in options of its own into ``network_args``."""
    algorithm = _module(draft)
    arguments = as_arguments(draft.values.pop("network_args", None))
    lycoris = draft.values.get("network_module") == "lycoris.kohya"
    names = LYCORIS_ARGUMENTS if lycoris else LORA_ARGUMENTS
    if draft.origin == SCRIPT and not lycoris:
        names = ()  # they stand in every such script, and it hands them to LyCORIS alone
    elif draft.values.get("_plain"):
        names = tuple(name for name in names if not name.startswith("conv_"))
    found = {"algo": algorithm} if lycoris and algorithm else {}
    found |= {name: draft.values[name] for name in names if draft.used(name) and draft.values[name] != -1}
    for old, new in (("lokr_factor", "factor"), ("dylora_unit", "unit")):
        if (value := draft.take(old)) not in {None, -1}:
            found[new] = value
    if lycoris and (unit := draft.values.get("unit")) and algorithm == "dylora":
        found["block_size"] = unit
    there = {text.partition("=")[0] for text in arguments}
    added = [f"{name}={value}" for name, value in found.items() if name not in there]
    arguments += [*added, *as_arguments(draft.values.pop("network_args_custom", None))]
    draft.forget({*LYCORIS_ARGUMENTS, *LORA_ARGUMENTS, "_plain"} & draft.values.keys())
    if arguments and added:
        draft.add("network_args", arguments, "the network's own arguments stand in this list")
    elif arguments:
        draft.values["network_args"] = arguments


def _module(draft: Draft) -> str:
    """Set the network's module from kohya_ss' kind of LoRA; returns LyCORIS' algorithm, an empty text for none."""
    algorithm = str(draft.take("lycoris_algo") or draft.take("algo") or "")
    kind = draft.values.pop("LoRA_type", None)
    if kind in LORA_TYPES:
        module, algorithm = LORA_TYPES[kind]
        draft.values["_plain"] = not algorithm and kind not in WITH_CONVOLUTIONS
        draft.add("network_module", module, f"that is what {kind} means")
        preset = draft.values.pop("LyCORIS_preset", None)
        if algorithm and preset not in {None, "", "full"}:
            draft.values["network_args"] = [*as_arguments(draft.values.get("network_args")), f"preset={preset}"]
    return algorithm


def optimizer(draft: Draft) -> None:
    """Gather the optimizer's arguments, and take the forms' percentages of a warm-up."""
    arguments = as_arguments(draft.values.pop("optimizer_args", None))
    for old, new in (("prodigy_d0", "d0"), ("prodigy_d_coef", "d_coef")):
        if value := draft.take(old):
            arguments.append(f"{new}={value}")
    if draft.origin == SCRIPT and draft.values.get("optimizer_type") == "DAdaptation":
        arguments.append("decouple=True")
    arguments += as_arguments(draft.values.pop("optimizer_args_custom", None))
    if arguments:
        draft.values["optimizer_args"] = arguments
    if "lr_scheduler_args" in draft.values:
        draft.values["lr_scheduler_args"] = as_arguments(draft.values["lr_scheduler_args"])
    share = draft.take("lr_warmup")
    if draft.values.get("lr_scheduler") in NO_WARM_UP:
        draft.forget(("lr_warmup_steps",))
    elif share and not draft.used("lr_warmup_steps"):
        draft.change("lr_warmup_steps", float(share) / 100, f"lr_warmup was {share} percent of all steps")


def rates(draft: Draft) -> None:
    """Say openly what kohya_ss means by a rate of 0: that part is not trained, or with both 0 the common rate holds."""
    if draft.origin != KOHYA_SS or draft.target.method != "lora":
        return
    unet, text = draft.used("unet_lr"), draft.used("text_encoder_lr")
    draft.forget(name for name, used in (("unet_lr", unet), ("text_encoder_lr", text)) if not used)
    if unet and not text:
        draft.add("network_train_unet_only", value=True, why="text_encoder_lr was 0")
    if text and not unet:
        draft.add("network_train_text_encoder_only", value=True, why="unet_lr was 0")


def noise(draft: Draft) -> None:
    """Leave out the kind of noise that kohya_ss' form had switched off."""
    kind = draft.values.pop("noise_offset_type", None)
    other = {
        "Original": ("multires_noise_iterations", "multires_noise_discount"),
        "Multires": ("noise_offset", "adaptive_noise_scale", "noise_offset_random_strength"),
    }.get(str(kind), ())
    draft.forget(other)
    if not draft.used("multires_noise_iterations"):
        draft.forget(("multires_noise_discount",))
    if draft.values.get("max_timestep") in {1000, "1000"}:
        draft.forget(("max_timestep",))


def machine(draft: Draft) -> None:
    """Take attention, GPUs and trackers as they are named here."""
    attention = draft.values.pop("xformers", None)
    if attention not in NOTHING:
        draft.values.pop("sdpa", None)
        if attention in {"xformers", True, "1"}:
            why = "xformers has no build for this torch; torch's own attention computes the same as fast"
            draft.change("sdpa", value=True, why=why)
        else:
            draft.values["sdpa"] = True
    ids = draft.take("gpu_ids")
    if isinstance(ids, list):
        numbers = [found[0] for text in ids if (found := re.search(r"\d+", str(text)))]
        draft.change("gpu_ids", ",".join(numbers), "one text here")
        draft.values["num_processes"] = len(numbers)
    elif ids:
        draft.values["gpu_ids"] = str(ids)
    if draft.take("multi_gpu") and draft.origin == SCRIPT:
        draft.change("num_processes", 2, "multi_gpu of that script always meant two")
    if draft.take("use_wandb"):
        draft.change("log_with", "all", "use_wandb meant TensorBoard and wandb")


def captions(draft: Draft) -> None:
    """Mend the length of captions and leave out a ``clip_skip`` that never did anything."""
    length = draft.values.get("max_token_length")
    if str(length).isdigit() and int(str(length)) > LONGEST:
        draft.change("max_token_length", LONGEST, f"{length} was never possible: 75, 150 and 225 are")
    family = "sd2" if draft.used("v2") else draft.target.model_type
    if family not in FAMILIES and draft.used("max_token_length"):
        draft.drop("max_token_length", f"it has no effect with models of family {family}")
    if family in NO_CLIP_SKIP and draft.used("clip_skip"):
        draft.drop("clip_skip", f"it has no effect with models of family {family}")


def samples(draft: Draft) -> None:
    """Turn prompts that stood in the settings into the text of a prompt file."""
    off = draft.values.get("enable_preview") is False
    line = _prompt_line(draft)
    file, text = draft.take("prompt_file"), draft.take("sample_prompts")
    draft.forget({"randomly_choice_prompt", "enable_preview"} - {n for n in draft.values if draft.used(n)})
    if file and not off:
        draft.change("sample_prompts", file, "prompt_file is called so here")
    elif text and not off:
        if "\n" not in str(text).strip() and str(text).strip().lower().endswith(PROMPT_FILES):
            draft.values["sample_prompts"] = text
        else:
            draft.prompts = str(text).strip() + "\n"
    elif line and not off:
        draft.prompts = line + "\n"
    if draft.prompts is None and "sample_prompts" not in draft.values:
        for name in SAMPLE_WHEN:
            if draft.used(name) and not off:
                draft.drop(name, "there are no prompts to draw")
        draft.forget((*SAMPLE_WHEN, "sample_sampler", "enable_preview"))


def _prompt_line(draft: Draft) -> str:
    positive, negative = draft.take("positive_prompts"), draft.take("negative_prompts")
    numbers = [f"--{letter} {value}" for name, letter in SAMPLE_LINE.items() if (value := draft.take(name)) is not None]
    if not positive:
        return ""
    words = [str(positive), *([f"--n {negative}"] if negative else []), *numbers]
    return " ".join(" ".join(words).split())


def boxes(draft: Draft) -> None:
    """Take kohya_ss' boxes for SDXL where the model is one, else leave them out."""
    for old, new in SDXL_BOXES.items():
        if old in draft.values and draft.target.model_type == "sdxl":
            draft.rename(old, new)
        draft.forget((old,))


def length(draft: Draft) -> None:
    """Let one option say how long a training is: forms carry several, of which those that are 0 say nothing."""
    if draft.used("epoch") and (draft.used("max_train_epochs") or draft.used("max_train_steps")):
        draft.forget(("epoch",))
    draft.forget([name for name in ("max_train_epochs", "max_train_steps") if not draft.used(name)])


def switch(value: Any) -> Any:
    """Return true or false for what files write for it; anything else as it is."""
    texts = {"true": True, "1": True, "false": False, "0": False, "": False}
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return value
    return texts.get(str(value).strip().lower(), value)


RULES: Final = (extra, length, boxes, network, optimizer, rates, noise, machine, captions, samples)
"""In the order in which they are to be used."""
