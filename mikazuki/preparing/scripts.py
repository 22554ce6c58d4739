"""Trainings that only sd-scripts can do: its other methods, families and options, in its own words."""

import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from mikazuki.data.folders import Notice
from mikazuki.data.prompts import read_prompts
from mikazuki.engines.sd_scripts import SdScripts
from mikazuki.engines.sd_scripts_launch import LaunchSettings, best_precision
from mikazuki.engines.sd_scripts_run import NAME, Run, files_of
from mikazuki.errors import MikazukiError
from mikazuki.models.identify import identify
from mikazuki.preparing import preflight
from mikazuki.preparing.training import Start
from mikazuki.preparing.upstream import notices, told
from mikazuki.settings.base import choices
from mikazuki.settings.load import gather, parse, toml_value
from mikazuki.settings.secrets import VARIABLES
from mikazuki.settings.train import TrainSettings
from mikazuki.settings.upstream.check import UpstreamSettings, parse_upstream
from mikazuki.settings.upstream.options import options_of
from mikazuki.settings.upstream.scripts import FAMILIES, METHODS, Script, script_for
from mikazuki.settings.upstream.values import Found, upstream_values
from mikazuki.text import count, table

CHOICE: Final = ("engine", "method", "version")
"""Keys that choose a script or a format; `model_type` does as well, but some scripts have an option of that name."""

FAMILY_OF: Final = {"chroma": "flux"}
"""Values of upstream's own `model_type`, and the family whose script takes them."""

LAUNCHER_KEYS: Final = frozenset(LaunchSettings.model_fields) - {"mixed_precision"}

MODEL_FILES: Final = (
    "pretrained_model_name_or_path", "vae", "ae", "ae_path", "clip_l", "clip_g", "t5xxl", "gemma2", "gemma2_path",
    "qwen3", "text_encoder", "byt5", "llm_adapter_path", "t5_tokenizer_path", "network_weights", "weights",
    "controlnet_model_name_or_path", "conditioning_data_dir", "in_json", "train_data_dir", "reg_data_dir",
)  # fmt: skip
"""Options that name files or folders which must be there."""

HUB_ID: Final = re.compile(r"[\w.-]+/[\w.-]+")
MAY_BE_ON_HUB: Final = ("pretrained_model_name_or_path", "vae", "controlnet_model_name_or_path")
MODEL_ENDING: Final = re.compile(r"\.(safetensors|ckpt|pt|pth|bin|gguf)$", re.IGNORECASE)


_Parsed = tuple[LaunchSettings, UpstreamSettings]


@dataclass
class ScriptRequest:
    """A checked training by one of upstream's scripts."""

    config: str
    """The settings as they are frozen."""
    run: Run
    problems: list[MikazukiError] = field(default_factory=list)
    warnings: list[Notice] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)

    def value(self, name: str) -> Any:
        """Return an option of the script, given or by default."""
        option = options_of(self.run.script.name).get(name)
        return self.run.values.get(name, option.default if option else None)


def wanted(config: Path | None, given: Mapping[str, Any]) -> ScriptRequest | None:
    """Return the training if it is one that only a script of upstream's can do, else None.

    It is one when method or model_type are none of `TrainSettings`', or when engine is sd-scripts and an option is
    upstream's alone.

    Raises:
        MikazukiError: what reading the file raises; ``no-script``; ``engine-not-available`` where another engine is
            named; ``settings-wrong`` with all faults at once.
    """
    values, sources = gather(config, given)
    script = _script(values)
    if script is None:
        return None
    where = " and ".join(dict.fromkeys(sources.values()))
    keys = {VARIABLES[name]: str(values[name]) for name in VARIABLES if values.get(name)}
    values = {key: value for key, value in values.items() if key not in VARIABLES and value is not None}
    launch = {key: values[key] for key in LAUNCHER_KEYS if key in values}
    launch["mixed_precision"] = precision = _precision(values)
    words = _words(values, sources, script, precision)
    machine, checked = _all_at_once(
        lambda: parse(LaunchSettings, launch, where), lambda: parse_upstream(script.name, words, where)
    )
    frozen = {**values, "engine": NAME}
    if "seed" in options_of(script.name) and checked.values.get("seed") is None:
        # upstream would draw one too, and tell nobody
        frozen["seed"] = checked.values["seed"] = secrets.randbelow(2**32)
    os.environ.update(keys)
    return ScriptRequest(_config(frozen), Run(script, checked.values, machine))


def _all_at_once(launch: Callable[[], LaunchSettings], words: Callable[[], UpstreamSettings]) -> _Parsed:
    """Parse both parts of a file; faults of both make one answer."""
    try:
        machine = launch()
    except MikazukiError as error:
        try:
            words()
        except MikazukiError as other:
            raise MikazukiError(other.code, f"{other.message}\n{error.message}", other.hint) from error
        raise
    return machine, words()


def _precision(values: Mapping[str, Any]) -> str:
    named = str(values.get("mixed_precision") or "no")
    return best_precision() if named == "auto" else named


def _words(values: Mapping[str, Any], sources: Mapping[str, str], script: Script, precision: str) -> dict[str, Any]:
    """Return the options in upstream's words: those of `TrainSettings` with its defaults, where it knows the script."""
    if not _is_ours(values):
        own = {key: value for key, value in values.items() if key not in {*CHOICE, *LAUNCHER_KEYS}}
        if str(own.get("model_type")) in {*FAMILIES, "auto"}:
            # Here it names the family; where upstream has an option of that name its default means the same.
            del own["model_type"]
        if _family(values) == "sd2" and "v2" in options_of(script.name):
            own.setdefault("v2", True)
        return own | {"mixed_precision": precision}
    fields = TrainSettings.model_fields
    settings = parse(TrainSettings, {key: value for key, value in values.items() if key in fields}, sources)
    info = identify(settings.pretrained_model_name_or_path, settings.v_parameterization)
    own = upstream_values(told(settings, info), script.name, Found(precision=precision))
    return own | {key: value for key, value in values.items() if key not in fields and key not in LAUNCHER_KEYS}


def _config(values: Mapping[str, Any]) -> str:
    return "".join(f"{key} = {toml_value(value)}\n" for key, value in values.items())


def _family(values: Mapping[str, Any]) -> str:
    named = str(values.get("model_type") or "auto")
    return FAMILY_OF.get(named, named)


def _is_ours(values: Mapping[str, Any]) -> bool:
    """Say whether `TrainSettings` knows the method and the family."""
    fields = TrainSettings.model_fields
    method = str(values.get("method") or "lora")
    return method in choices(fields["method"]) and _family(values) in choices(fields["model_type"])


def _script(values: Mapping[str, Any]) -> Script | None:
    """Return the script of a training that `TrainSettings` cannot say, or None where it can, or where none is meant."""
    method, family, engine = str(values.get("method") or "lora"), _family(values), values.get("engine")
    if _is_ours(values):
        alone = [key for key in values if key not in TrainSettings.model_fields]
        if engine != NAME or not alone:
            return None
        script = script_for(method, _family_of_model(values) if family == "auto" else family)
        known = any(key in options_of(script.name) or key in LAUNCHER_KEYS for key in alone)
        return script if known else None
    if family not in {*FAMILIES, "auto"} or method not in METHODS:
        return None
    if engine == "builtin":
        raise MikazukiError(
            "engine-not-available",
            f"The builtin engine does not train {method} on {family}.",
            f'Leave engine out, or set engine = "{NAME}".',
        )
    return script_for(method, _family_of_model(values) if family == "auto" else family)


def _family_of_model(values: Mapping[str, Any]) -> str:
    return identify(str(values.get("pretrained_model_name_or_path"))).family


def examine(request: ScriptRequest) -> None:
    """Look at everything that can be known before the start; problems are collected, not raised."""

    def attempt(look: Callable[[], None]) -> None:
        try:
            look()
        except MikazukiError as error:
            request.problems.append(error)

    engine = SdScripts()
    attempt(engine.demand)
    attempt(lambda: _check_paths(request))
    attempt(lambda: request.files.update(files_of(request.run, engine.place.commit)))
    attempt(lambda: preflight.check_writable(Path(request.value("output_dir")), "output_dir"))
    if request.value("logging_dir"):
        attempt(lambda: preflight.check_writable(Path(request.value("logging_dir")), "logging_dir"))
    if request.value("sample_prompts"):
        attempt(lambda: _check_prompts(request))
    request.warnings += notices()


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


def _check_prompts(request: ScriptRequest) -> None:
    read_prompts(Path(request.value("sample_prompts")), (512, 512))


def lines(request: ScriptRequest) -> list[str]:
    """Write what is known as lines."""
    run = request.run
    data = request.value("dataset_config") or request.value("train_data_dir") or request.value("in_json")
    folders = request.files.get("dataset.toml", "").count("[[datasets.subsets]]")
    length = request.value("max_train_epochs")
    rows = [
        ("script", f"{run.script.file} of sd-scripts: {run.script.methods[0]} on {', '.join(run.script.families)}"),
        ("model", str(request.value("pretrained_model_name_or_path"))),
        (
            "data",
            f"{data}" + (f", {count(folders, 'folder')}" if folders and not request.value("dataset_config") else ""),
        ),
        ("length", count(length, "epoch") if length else count(int(request.value("max_train_steps") or 0), "step")),
        ("into", f"{request.value('output_dir')}/{request.value('output_name') or 'last'}"),
    ]
    return table(rows)


def as_json(request: ScriptRequest) -> dict[str, Any]:
    """Return the same for programs."""
    return {
        "engine": NAME,
        "script": request.run.script.name,
        "values": dict(request.run.values),
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
        lambda folder: SdScripts().launch_run(folder, run),
        {"script": run.script.name, "family": run.script.families[0]},
        dict(run.values),
    )
