"""Reads the settings of the DreamBooth extension (db_config.json) in our words, with a note for all that has none."""

import json
from collections.abc import Mapping
from typing import Annotated, Any, Final, cast

from pydantic import Field, TypeAdapter, ValidationError

from mikazuki.errors import MikazukiError
from mikazuki.preparing.config_files import Parsed
from mikazuki.settings.concepts import FILEWORDS
from mikazuki.settings.methods import DREAMBOOTH, IMAGIC, LORA, options_beside
from mikazuki.settings.train import TrainSettings

ORIGIN: Final = "dreambooth-extension"
Values = dict[str, Any]
Old = Mapping[str, Any]

SAME: Final = {
    "learning_rate": "learning_rate",
    "train_batch_size": "train_batch_size",
    "gradient_accumulation_steps": "gradient_accumulation_steps",
    "gradient_checkpointing": "gradient_checkpointing",
    "cache_latents": "cache_latents",
    "clip_skip": "clip_skip",
    "max_token_length": "max_token_length",
    "mixed_precision": "mixed_precision",
    "num_train_epochs": "max_train_epochs",
    "hflip": "flip_aug",
    "shuffle_tags": "shuffle_caption",
    "strict_tokens": "strict_tokens",
    "offset_noise": "noise_offset",
    "prior_loss_scale": "prior_loss_scale",
    "prior_loss_target": "prior_loss_target",
    "prior_loss_weight": "prior_loss_weight",
    "prior_loss_weight_min": "prior_loss_weight_min",
    "sanity_prompt": "sanity_prompt",
    "sanity_seed": "sanity_seed",
    "save_embedding_every": "save_every_n_epochs",
    "save_preview_every": "sample_every_n_epochs",
    "sample_batch_size": "class_batch_size",
    "disable_class_matching": "disable_class_matching",
    "freeze_clip_normalization": "freeze_clip_normalization",
    "epoch_pause_frequency": "epoch_pause_frequency",
    "epoch_pause_time": "epoch_pause_time",
    "pretrained_vae_name_or_path": "vae",
    "lr_warmup_steps": "lr_warmup_steps",
    "lr_cycles": "lr_scheduler_num_cycles",
    "lr_power": "lr_scheduler_power",
    "noise_scheduler": "noise_scheduler",
    "save_state_during": "save_state",
    "save_state_after": "save_state_on_train_end",
    "save_state_cancel": "save_state_on_cancel",
}
"""Their options that ours mean as well, by our names; where 0 or nothing means unset, it is left out."""

OPTIMIZERS: Final = {
    "torch adamw": "AdamW", "8bit adamw": "AdamW8bit", "8bit adam": "AdamW8bit", "paged 8bit adamw": "PagedAdamW8bit",
    "lion": "Lion", "8bit lion": "Lion8bit", "paged 8bit lion": "PagedLion8bit", "adafactor": "Adafactor",
    "prodigy": "Prodigy", "came": "CAME", "adamw dadaptation": "DAdaptAdam", "lion dadaptation": "DAdaptLion",
    "adan dadaptation": "DAdaptAdan", "adanip dadaptation": "DAdaptAdanIP", "sgd dadaptation": "DAdaptSGD",
}  # fmt: skip
"""Their optimizers, in small letters."""
SCHEDULES: Final = {
    "constant_with_warmup": "constant_with_warmup",
    "cosine": "cosine",
    "cosine_with_restarts": "cosine_with_restarts",
    "polynomial": "polynomial",
}
OTHER_SCHEDULES: Final = {"cosine_annealing": "cosine", "cosine_annealing_with_restarts": "cosine_with_restarts",
                          "linear_with_warmup": "linear"}  # fmt: skip
"""Courses whose likest of ours is not quite the same."""
OF_THE_WORKSPACE: Final = frozenset(
    {
        "model_name", "model_dir", "model_path", "pretrained_model_name_or_path", "src", "epoch", "revision",
        "initial_revision", "lifetime_revision", "has_ema", "v2", "model_type", "snapshot", "scheduler", "concepts",
        "graph_smoothing", "disable_logging", "save_safetensors", "gradient_set_to_none", "pad_tokens", "split_loss",
        "concepts_path", "use_concepts", "weights_only", "ema_predict", "shared_diffusers_path", "use_shared_src",
    }
)  # fmt: skip
"""What a workspace knows itself, what is always done, and what is shown elsewhere."""
_LORA_ONLY: Final = ("lora_unet_rank", "lora_learning_rate", "lora_txt_learning_rate")
DEFAULT_EMA: Final = 0.9999
_DONE: Final = frozenset({*SAME, *OF_THE_WORKSPACE, *_LORA_ONLY})


def read_db_config(text: str) -> Parsed:
    """Return what a db_config.json says in our words; what the workspace knows itself is left out.

    Raises:
        MikazukiError: ``old-file-unreadable`` where it is no such file.
    """
    old = _parsed(text)
    notes: list[str] = []
    values: Values = {"method": DREAMBOOTH, **_plain(old, notes)}
    for rule in (_method, _optimizer, _schedule, _attention, _mean, _concepts, _saving):
        values |= rule(old, notes)
    notes += [
        f"{key}: has no counterpart here; left out" for key in sorted(set(old) - _DONE - _READ) if _says(old[key])
    ]
    values, dropped = _valid(values)
    family = "sd2" if old.get("v2") or str(old.get("model_type", "")).startswith("v2") else "auto"
    return Parsed(ORIGIN, str(values["method"]), family, "auto", values, (*notes, *dropped), ())


def _parsed(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise MikazukiError(
            "old-file-unreadable", f"This is no JSON: {error}.", "Choose the db_config.json of a model."
        ) from error
    if not isinstance(found, dict) or not {"num_train_epochs", "concepts_list"} & found.keys():
        raise MikazukiError(
            "old-file-unreadable",
            "These are no settings of the DreamBooth extension.",
            "Choose the db_config.json in the folder of one of its models.",
        )
    return {str(key).removeprefix("db_"): value for key, value in found.items()}


def _says(value: Any) -> bool:
    return value not in (None, "", 0, False, [], {})


def _plain(old: Old, notes: list[str]) -> Values:
    """Return the options that mean the same."""
    found = {ours: old[key] for key, ours in SAME.items() if key in old and _says(old[key])}
    side = old.get("resolution")
    if _says(side):
        found["resolution"] = f"{side},{side}"
    if found.get("shuffle_caption"):
        found["keep_tokens"] = 1
        notes.append("shuffle_tags keeps the first tag in its place: keep_tokens is 1")
    found |= {ours: False for ours, theirs in _SWITCHES.items() if old.get(theirs) is False}
    ratio = old.get("stop_text_encoder")
    if isinstance(ratio, (int, float)) and 0 <= ratio < 1:
        found["text_encoder_ratio"] = float(ratio)
    decay = old.get("weight_decay", old.get("adamw_weight_decay"))
    return found | ({"optimizer_args": [f"weight_decay={decay}"]} if _says(decay) else {})


_SWITCHES: Final = {"save_state_on_cancel": "save_state_cancel", "cache_latents": "cache_latents"}
"""What is on here where nothing is said."""
_READ: Final = frozenset(
    {
        "resolution", "adamw_weight_decay", "weight_decay", "optimizer", "lr_scheduler", "attention", "use_ema",
        "save_ema", "infer_ema", "concepts_list", "use_lora", "use_lora_extended", "train_imagic", "train_unet",
        "half_model", "use_subdir", "custom_model_name", "lora_txt_rank", "lora_weight", "lora_txt_weight",
        "txt_learning_rate", "min_snr_gamma", "use_dream", "dream_detail_preservation", "save_ckpt_during",
        "save_ckpt_after", "save_ckpt_cancel", "save_lora_during", "save_lora_after", "save_lora_cancel", "lr_factor",
        "lr_scale_pos", "learning_rate_min", "lora_model_name", "train_unfrozen",
        "stop_text_encoder",
    }
)  # fmt: skip
"""What the rules below look at."""


def _method(old: Old, notes: list[str]) -> Values:
    if old.get("train_imagic"):
        return {"method": IMAGIC}
    if not old.get("use_lora"):
        rate = {"learning_rate_te": old["txt_learning_rate"]} if _says(old.get("txt_learning_rate")) else {}
        if old.get("train_unet") is False:
            notes.append("train_unet is off: learning_rate is 0, and the text encoder keeps its own")
            return {"learning_rate": 0.0, "learning_rate_te": old.get("txt_learning_rate") or old.get("learning_rate")}
        return rate
    rank = old.get("lora_unet_rank") or 4
    if old.get("lora_txt_rank") not in (None, rank):
        notes.append(f"lora_txt_rank: one rank is for both parts here, network_dim {rank}")
    rates = {"unet_lr": old.get("lora_learning_rate"), "text_encoder_lr": old.get("lora_txt_learning_rate")}
    extended = {"network_args": [f"conv_dim={rank}", f"conv_alpha={rank}"]} if old.get("use_lora_extended") else {}
    found = {"method": LORA, "network_dim": rank, "network_alpha": rank, **extended}
    return found | {name: rate for name, rate in rates.items() if _says(rate)}


def _optimizer(old: Old, notes: list[str]) -> Values:
    name = str(old.get("optimizer") or "")
    found = OPTIMIZERS.get(name.lower())
    if name and found is None:
        notes.append(f"optimizer: {name} is not known here; AdamW is taken")
    return {"optimizer_type": found} if found else {}


def _schedule(old: Old, notes: list[str]) -> Values:
    name = str(old.get("lr_scheduler") or "")
    if name in SCHEDULES:
        return {"lr_scheduler": SCHEDULES[name]}
    if name in OTHER_SCHEDULES:
        notes.append(f"lr_scheduler: {name} is not the same here; {OTHER_SCHEDULES[name]} is the likest")
        return {"lr_scheduler": OTHER_SCHEDULES[name]}
    if name and name != "constant":
        notes.append(f"lr_scheduler: {name} has no counterpart here; constant is taken")
    return {}


def _attention(old: Old, notes: list[str]) -> Values:
    if old.get("attention") == "xformers":
        notes.append("attention: torch's own (sdpa) is as fast as xformers and is taken")
    return {}


def _mean(old: Old, _notes: list[str]) -> Values:
    return {"ema_decay": DEFAULT_EMA} if old.get("use_ema") else {}


def _saving(old: Old, notes: list[str]) -> Values:
    kind = "lora" if old.get("use_lora") else "ckpt"
    found: Values = {"save_model_on_train_end": bool(old.get(f"save_{kind}_after", True))}
    if old.get(f"save_{kind}_cancel"):
        found["save_model_on_cancel"] = True
    if old.get(f"save_{kind}_during") is False:
        notes.append(f"save_{kind}_during is off: save_every_n_epochs is not set")
        found["save_every_n_epochs"] = None
    if old.get("half_model"):
        found["save_precision"] = "fp16"
    if old.get("use_subdir"):
        found["save_in_subfolder"] = True
    if _says(old.get("custom_model_name")):
        notes.append("custom_model_name: the workspace's name is the files' name; give it when you build a checkpoint")
    if old.get("use_dream"):
        found |= {"dream_training": True, "dream_detail_preservation": old.get("dream_detail_preservation") or 0.5}
    if _says(old.get("min_snr_gamma")):
        found["min_snr_gamma"] = old["min_snr_gamma"]
    return found


def _concepts(old: Old, notes: list[str]) -> Values:
    path = old.get("concepts_path")
    if old.get("use_concepts") and _says(path):
        if old.get("train_imagic"):
            notes.append(f"concepts_path: method imagic has no list of concepts; name the folder that {path} names")
            return {}
        return {"concepts_list": str(path)}
    concepts = [one for one in old.get("concepts_list") or [] if isinstance(one, dict) and one.get("instance_data_dir")]
    if not concepts:
        notes.append("concepts_list: it names no folder of pictures")
        return {}
    if old.get("train_imagic"):
        return _only_concept(concepts, notes)
    return {"concepts_list": json.dumps(concepts, ensure_ascii=False)}


def _only_concept(concepts: list[dict[str, Any]], notes: list[str]) -> Values:
    """Return the folder of the one picture, as a method without concepts has it."""
    first, *others = (str(one["instance_data_dir"]) for one in concepts)
    if others:
        notes.append(f"concepts_list: method imagic learns one picture; left out: {', '.join(others)}")
    prompt = concepts[0].get("instance_prompt")
    if prompt not in (None, "", FILEWORDS):
        notes.append(f"instance_prompt: write {prompt!r} into the text file beside the picture")
    return {"train_data_dir": first}


def _valid(values: Values) -> tuple[Values, list[str]]:
    """Leave out, with a note each, what our options do not take."""
    notes: list[str] = []
    kept = {name: value for name, value in values.items() if value is not None}
    beside = options_beside(values["method"])
    for name in list(kept):
        problem = f"method {values['method']} has no such option" if name in beside else _problem(name, kept[name])
        if problem:
            notes.append(f"{name}: {kept.pop(name)!r} is not taken here ({problem}); left out")
    return kept, notes


def _problem(name: str, value: Any) -> str:
    """Return what is wrong with one value by itself, empty where nothing is."""
    info = TrainSettings.model_fields[name]
    try:
        adapter: TypeAdapter[Any] = TypeAdapter(cast("Any", Annotated[info.annotation, Field(), *info.metadata]))
        adapter.validate_python(value)
    except ValidationError as error:
        return error.errors()[0]["msg"]
    return ""
