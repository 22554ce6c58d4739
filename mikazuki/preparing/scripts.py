"""Trainings that only sd-scripts can do: its other methods, families and options, in its own words."""

import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

from mikazuki.data.describe import summarise
from mikazuki.data.folders import Notice
from mikazuki.data.plan import Plan
from mikazuki.data.prompts import read_prompts
from mikazuki.engines.sd_scripts import SdScripts, found_of
from mikazuki.engines.sd_scripts_launch import best_precision
from mikazuki.engines.sd_scripts_run import NAME, Run, files_of
from mikazuki.engines.sd_scripts_state import UpstreamState, find_upstream_state
from mikazuki.errors import MikazukiError
from mikazuki.models.identify import identify
from mikazuki.preparing import preflight
from mikazuki.preparing.script_data import Length, check_begin, check_model_file, disk_of, length_of, plan_of
from mikazuki.preparing.training import Attempt, Start, naming_foreign
from mikazuki.preparing.upstream import check_captions, check_sizes, notices, tokenizer_notices
from mikazuki.settings.load import gather, parse, toml_value
from mikazuki.settings.secrets import VARIABLES
from mikazuki.settings.target import AUTO, LAUNCH_ONLY, Target, script_words, target_of
from mikazuki.settings.train import TrainSettings
from mikazuki.settings.upstream.launch import LaunchSettings, parse_run
from mikazuki.settings.upstream.options import options_of
from mikazuki.settings.upstream.scripts import Script, script_for
from mikazuki.settings.upstream.values import upstream_values
from mikazuki.text import count, size, table

Found = TypeVar("Found")

MODEL_FILES: Final = (
    "pretrained_model_name_or_path", "vae", "ae", "ae_path", "clip_l", "clip_g", "t5xxl", "gemma2", "gemma2_path",
    "qwen3", "text_encoder", "byt5", "llm_adapter_path", "t5_tokenizer_path", "network_weights", "weights",
    "controlnet_model_name_or_path", "conditioning_data_dir", "in_json", "train_data_dir", "reg_data_dir",
)  # fmt: skip
"""Options that name files or folders which must be there."""

HUB_ID: Final = re.compile(r"[\w.-]+/[\w.-]+")
MAY_BE_ON_HUB: Final = ("pretrained_model_name_or_path", "vae", "controlnet_model_name_or_path")
MODEL_ENDING: Final = re.compile(r"\.(safetensors|ckpt|pt|pth|bin|gguf)$", re.IGNORECASE)


@dataclass
class ScriptRequest:
    """A checked training by one of upstream's scripts; parts that a problem kept from being known are None."""

    given: dict[str, Any]
    """What was asked for, in the words of the settings file, without secrets."""
    run: Run
    plan: Plan | None = None
    """Its pictures, where they lie as we can read them."""
    length: Length = field(default_factory=Length)
    disk: int | None = None
    """Bytes that its files will take, about; None where only the script knows."""
    state: UpstreamState | None = None
    problems: list[MikazukiError] = field(default_factory=list)
    warnings: list[Notice] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)

    @property
    def config(self) -> str:
        """The settings as they are frozen."""
        return "".join(f"{key} = {toml_value(value)}\n" for key, value in self.given.items())

    @property
    def engine(self) -> SdScripts:
        """Upstream, where these settings say that it lies."""
        return SdScripts(self.run.launch.sd_scripts_dir, self.run.launch.sd_scripts_python)

    def value(self, name: str) -> Any:
        """Return an option of the script, given or by default."""
        return self.run.value(name)

    def settle(self, name: str, value: Any) -> None:
        """Give an option the value that was found for it, in what is frozen as well; None takes it out."""
        self.given = _changed(self.given, name, value)
        self.run = replace(self.run, values=_changed(self.run.values, name, value))


def _changed(values: Mapping[str, Any], name: str, value: Any) -> dict[str, Any]:
    rest = {key: old for key, old in values.items() if key != name}
    return rest if value is None else {**rest, name: value}


def wanted(config: Path | None, given: Mapping[str, Any]) -> ScriptRequest | None:
    """Return the training if it is one that only a script of upstream's can do, else None.

    It is one when method or model_type are none of `TrainSettings`', or when engine is sd-scripts and an option is
    upstream's alone.

    Raises:
        MikazukiError: what reading the file raises, ``foreign-settings`` for another program's; ``no-script``;
            ``engine-not-available`` where another engine is named; ``settings-wrong`` with all faults at once.
    """
    with naming_foreign(config):
        values, sources = gather(config, given)
        script = _script(values)
        return _request(values, sources, script) if script else None


def _request(values: Mapping[str, Any], sources: Mapping[str, str], script: Script) -> ScriptRequest:
    keys = {VARIABLES[name]: str(values[name]) for name in VARIABLES if values.get(name)}
    values = {key: value for key, value in values.items() if key not in VARIABLES and value is not None}
    launch = {key: values[key] for key in LaunchSettings.model_fields if key in values}
    launch["mixed_precision"] = precision = _precision(values)
    words = _words(values, sources, script) | {"mixed_precision": precision}
    machine, checked = parse_run(script.name, launch, words, " and ".join(dict.fromkeys(sources.values())))
    request = ScriptRequest({**values, "engine": NAME}, Run(script, checked.values, machine))
    if "seed" in options_of(script.name) and checked.values.get("seed") is None:
        # upstream would draw one too, and tell nobody
        request.settle("seed", secrets.randbelow(2**32))
    os.environ.update(keys)
    return request


def _precision(values: Mapping[str, Any]) -> str:
    target = target_of(values)
    named = str(values.get("mixed_precision") or ("auto" if target.ours else "no"))
    return best_precision() if named == "auto" else named


def _words(values: Mapping[str, Any], sources: Mapping[str, str], script: Script) -> dict[str, Any]:
    """Return the options in upstream's words: those of `TrainSettings` with its defaults, where it knows the script."""
    target = target_of(values)
    if not target.ours:
        return script_words(target, script, values)
    fields = TrainSettings.model_fields
    settings = parse(TrainSettings, {key: value for key, value in values.items() if key in fields}, sources)
    own = upstream_values(settings, script.name, found_of(settings))
    return own | {key: value for key, value in values.items() if key not in fields and key not in LAUNCH_ONLY}


def _script(values: Mapping[str, Any]) -> Script | None:
    """Return the script of a training that `TrainSettings` cannot say, or None where it can, or where none is meant."""
    target, engine = target_of(values), values.get("engine")
    alone = [key for key in values if key not in TrainSettings.model_fields]
    if target.unknown() and not alone:
        return None  # the answer of `TrainSettings` has all other faults beside it
    if target.ours:
        if engine != NAME or not alone:
            return None
        script = _script_of(target, values)
        known = any(key in options_of(script.name) or key in LAUNCH_ONLY for key in alone)
        return script if known else None
    _refuse_unknown(target)
    if engine == "builtin":
        raise MikazukiError(
            "engine-not-available",
            f"The builtin engine does not train {target.method} on {target.family}.",
            f'Leave engine out, or set engine = "{NAME}".',
        )
    return _script_of(target, values)


def _refuse_unknown(target: Target) -> None:
    """Refuse a method or family that neither engine knows; without it nobody can say which options belong to it."""
    unknown = target.unknown()
    if unknown:
        lines = [f"- {name} = {getattr(target, name)!r} is none of {', '.join(all_)}" for name, all_ in unknown.items()]
        raise MikazukiError("settings-wrong", "\n".join(["The training is not known:", *lines]), "See docs/upstream.")


def _script_of(target: Target, values: Mapping[str, Any]) -> Script:
    """Return the target's script; a family that is not said is read off the base model."""
    if target.family != AUTO:
        return target.script
    return script_for(target.method, identify(str(values.get("pretrained_model_name_or_path"))).family)


def examine(request: ScriptRequest, *, verify: bool = True) -> None:
    """Look at everything that can be known before the start; problems are collected, not raised.

    ``verify`` is as `training.examine` has it.
    """

    def attempt(look: Callable[[], Found]) -> Found | None:
        try:
            return look()
        except MikazukiError as error:
            request.problems.append(error)
            return None

    run, engine = request.run, request.engine
    attempt(engine.demand)
    attempt(lambda: _check_paths(request))
    for option in MODEL_FILES:
        attempt(partial(check_model_file, run, option))
    attempt(lambda: _go_on(request))
    request.plan = attempt(lambda: plan_of(run, verify=verify))
    request.length = length_of(run, request.plan)
    attempt(lambda: check_begin(run, request.length))
    attempt(lambda: request.files.update(files_of(request.run, engine.place.commit)))
    attempt(partial(_check_writable, request, "output_dir"))
    attempt(partial(_check_writable, request, "logging_dir"))
    request.disk = attempt(lambda: disk_of(run, request.length))
    attempt(lambda: preflight.check_space(Path(request.value("output_dir")), request.disk or 0))
    if request.value("sample_prompts"):
        attempt(lambda: _check_prompts(request))
    _look_at_pictures(request, attempt)
    request.warnings += notices(engine.place) + tokenizer_notices(request.value("tokenizer_cache_dir"))


def _look_at_pictures(request: ScriptRequest, attempt: Attempt) -> None:
    """Look at what upstream stops at among pictures and captions that we can read."""
    plan = request.plan
    if plan is None:
        return
    cached = bool(request.value("cache_latents") or request.value("cache_latents_to_disk"))
    attempt(lambda: check_captions(plan))
    attempt(lambda: check_sizes(plan, cached=cached))
    request.warnings += plan.warnings


def _go_on(request: ScriptRequest) -> None:
    """Find the state that ``resume`` means, and name its folder to the script, which knows no `last`."""
    resume = request.value("resume")
    if not resume or request.value("resume_from_huggingface"):
        return
    counted = request.run.has("initial_step")
    folder, name = Path(request.value("output_dir")), str(request.value("output_name") or "last")
    request.state = state = find_upstream_state(resume, folder, name, counted=counted)
    request.settle("resume", str(state.folder) if state else None)
    if state is None:
        request.warnings.append(Notice("no-state-yet", "resume: there is no state yet, so this run begins anew."))
    elif not counted:
        text = f"{request.run.script.file} notes no step in a state: it goes on with its weights and counts from 0."
        request.warnings.append(Notice("counts-anew", text))
    elif state.step >= (request.value("max_train_steps") or 0) and not request.value("max_train_epochs"):
        raise MikazukiError(
            "nothing-left",
            f"resume: {state.folder} is at step {state.step} of {request.value('max_train_steps')}: nothing is left.",
            "Raise max_train_steps to go on, or leave resume empty to begin anew.",
        )


def _check_paths(request: ScriptRequest) -> None:
    """Name all files and folders that are not there at once."""
    missing = []
    for name in MODEL_FILES:
        text = request.run.values.get(name)
        if not isinstance(text, str) or not text or Path(text).exists():
            continue
        if name in MAY_BE_ON_HUB and HUB_ID.fullmatch(text) and not MODEL_ENDING.search(text):
            continue
        missing.append(f"{name} = {text!r}")
    if missing:
        raise MikazukiError(
            "file-not-found",
            f"These do not exist: {', '.join(missing)}.",
            "Correct the paths; a relative one starts at the folder that the training is started in.",
        )


def _check_writable(request: ScriptRequest, option: str) -> None:
    if request.value(option):
        preflight.check_writable(Path(request.value(option)), option)


def _check_prompts(request: ScriptRequest) -> None:
    read_prompts(Path(request.value("sample_prompts")), (512, 512))


def lines(request: ScriptRequest) -> list[str]:
    """Write what is known as lines."""
    run = request.run
    script, place = run.script, request.engine.place
    rows = [
        ("script", f"{script.file} of sd-scripts: {script.methods[0]} on {', '.join(script.families)}"),
        ("engine", f"{NAME} in {place.folder}" + (f", commit {place.commit[:7]}" if place.commit else "")),
        ("model", str(request.value("pretrained_model_name_or_path"))),
        *_data_rows(request),
        ("length", _length(request.length)),
        *([("goes on", f"from {request.state.folder}")] if request.state else []),
        *([("writes", f"about {size(request.disk)} in all")] if request.disk else []),
        ("into", f"{request.value('output_dir')}/{request.value('output_name') or 'last'}"),
    ]
    return table(rows)


def _data_rows(request: ScriptRequest) -> list[tuple[str, str]]:
    if request.plan is None:
        named = request.value("dataset_config") or request.value("train_data_dir") or request.value("in_json")
        return [("data", f"{named}, read by the script")]
    return [
        (
            "regularisation" if row.is_reg else "pictures",
            f"{count(row.pictures, 'picture')} x {row.repeats} in {row.folder}",
        )
        for row in summarise(request.plan).subsets
    ]


def _length(length: Length) -> str:
    if length.steps is None:
        return count(length.epochs or 0, "epoch")
    if length.epochs is None or length.steps_per_epoch is None:
        return count(length.steps, "step")
    return f"{count(length.steps, 'step')}: {count(length.epochs, 'epoch')} of {count(length.steps_per_epoch, 'step')}"


def as_json(request: ScriptRequest) -> dict[str, Any]:
    """Return the same for programs."""
    pictures = request.plan.num_train_images if request.plan else None
    return {
        "engine": NAME,
        "script": request.run.script.name,
        "values": dict(request.run.values),
        "length": asdict(request.length),
        "shown_an_epoch": pictures,
        "disk": request.disk,
        "state": str(request.state.folder) if request.state else None,
        "problems": [{"code": error.code, "message": error.message, "hint": error.hint} for error in request.problems],
        "warnings": [{"code": notice.code, "text": notice.text} for notice in request.warnings],
    }


def start_of(request: ScriptRequest) -> Start:
    """Freeze a training that nothing stops."""
    run = request.run
    return Start(
        str(request.value("output_name") or "last"),
        Path(request.value("logging_dir") or "logs"),
        NAME,
        {"config.toml": request.config, **request.files},
        lambda folder: request.engine.launch_run(folder, run),
        {"script": run.script.name, "family": run.script.families[0]},
        dict(run.values),
    )
