"""One training by an upstream script: the files it needs in its job's folder, and its command."""

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from mikazuki.engines.contract import Launch
from mikazuki.engines.sd_scripts_data import DATA_OPTIONS, DATASET_FILE, dataset_files
from mikazuki.engines.sd_scripts_launch import (
    ACCELERATE_CONFIG,
    accelerate_command,
    accelerate_config,
    environment,
)
from mikazuki.engines.sd_scripts_place import Place
from mikazuki.errors import MikazukiError
from mikazuki.paths import repository
from mikazuki.settings.load import toml_value
from mikazuki.settings.secrets import VARIABLES
from mikazuki.settings.upstream.launch import LaunchSettings
from mikazuki.settings.upstream.options import options_of
from mikazuki.settings.upstream.scripts import Script

NAME: Final = "sd-scripts"
CONFIG_FILE: Final = "sd_scripts.toml"
PROMPTS_FILE: Final = "prompts"
"""Name, without its ending, of the prompts in the job's folder."""
FOLLOW_FILE: Final = "follow.json"
"""What the supervisor must know of the run."""
SUPERVISOR: Final = "mikazuki.engines.sd_scripts_supervisor"

CLIP_ALONE: Final = frozenset({"sd1", "sd2", "sdxl"})
"""Families whose tokenizers are all CLIP's, which the project brings along."""
HUB: Final = ("huggingface_repo_id", "resume_from_huggingface", "save_state_to_huggingface")
TOKENIZERS: Final = "tokenizers"
"""Folder below logging_dir, or output_dir, where upstream finds tokenizers and keeps those that it fetches."""


@dataclass(frozen=True)
class Run:
    """What is to be trained, in upstream's own words, whichever kind of settings asked for it."""

    script: Script
    values: Mapping[str, Any]
    """Upstream's options; those that are not set are left out."""
    launch: LaunchSettings = field(default_factory=LaunchSettings)

    @property
    def offline(self) -> bool:
        """Whether nothing has to be fetched: tokenizers are here, the model is, and nothing goes to the hub."""
        model = self.values.get("pretrained_model_name_or_path") or ""
        wants_hub = any(self.values.get(name) for name in HUB)
        return set(self.script.families) <= CLIP_ALONE and bool(model) and Path(model).exists() and not wants_hub

    @property
    def tokenizers(self) -> Path:
        """The folder of tokenizers: the one that was named, else one that the supervisor fills."""
        named = self.values.get("tokenizer_cache_dir")
        return Path(named) if named else self._home / TOKENIZERS

    @property
    def _home(self) -> Path:
        return Path(self.values.get("logging_dir") or self.values.get("output_dir") or "logs").absolute()

    def value(self, name: str) -> Any:
        """Return an option of the script, given or by default; None where the script has no such option."""
        option = options_of(self.script.name).get(name)
        return self.values.get(name, option.default if option else None)

    def has(self, option: str) -> bool:
        """Say whether the script has an option."""
        return option in options_of(self.script.name)


def files_of(run: Run, commit: str | None) -> dict[str, str]:
    """Return the files for the job's folder: name -> text; raises what reading the data folders raises."""
    found = {ACCELERATE_CONFIG: accelerate_config(run.launch), **dataset_files(run.values, run.script)}
    found |= prompts_file(run.values.get("sample_prompts"))
    found[CONFIG_FILE] = config_toml(own_options(run, found))
    found[FOLLOW_FILE] = json.dumps(_to_follow(run, commit), ensure_ascii=False, indent=2) + "\n"
    return found


def own_options(run: Run, files: Mapping[str, str]) -> dict[str, Any]:
    """Return the options for upstream's settings file: without secrets, and without what stands in other files."""
    out = {*VARIABLES, "sample_prompts", "tokenizer_cache_dir"}
    if any(name.startswith(f"{DATASET_FILE}.") for name in files):
        out |= {*DATA_OPTIONS, "conditioning_data_dir"}
    values = {name: value for name, value in run.values.items() if name not in out and value is not None}
    if values.get("resume") and run.has("skip_until_initial_step"):
        # Without it upstream begins to count at 0 and trains all steps once more.
        values.setdefault("skip_until_initial_step", True)
    if run.has("mixed_precision"):
        values["mixed_precision"] = run.launch.mixed_precision
    return values


def config_toml(values: Mapping[str, Any]) -> str:
    """Write upstream's settings file; it reads lists of one type only, so whole numbers beside others get a point."""
    lines = []
    for name, value in values.items():
        items = list(value) if isinstance(value, (list, tuple)) else value
        if isinstance(items, list) and any(isinstance(item, float) for item in items):
            items = [float(item) for item in items]
        lines.append(f"{name} = {toml_value(items)}")
    return "\n".join(lines) + "\n"


def prompts_file(named: str | None) -> dict[str, str]:
    """Return a copy of the file of prompts for the job's folder, with its ending: TOML and JSON are told by it.

    Raises:
        MikazukiError: ``prompts-not-found``.
    """
    if not named:
        return {}
    path = Path(named)
    try:
        return {PROMPTS_FILE + path.suffix.lower(): path.read_text(encoding="utf-8-sig")}
    except (OSError, UnicodeDecodeError) as error:
        raise MikazukiError(
            "prompts-not-found",
            f"sample_prompts: {path} cannot be read as UTF-8 text: {error}.",
            "Correct the path, or save the file again as UTF-8.",
        ) from error


def launch_of(run: Run, job_dir: Path, place: Place) -> Launch:
    """Return the command of a run; nothing is written or started."""
    python = place.python or Path(sys.executable)
    argv = [
        *accelerate_command(python, job_dir / ACCELERATE_CONFIG, run.launch),
        str(place.folder / run.script.file),
        "--config_file",
        str(job_dir / CONFIG_FILE),
    ]
    beside = {
        "dataset_config": dataset_files(run.values, run.script),
        "sample_prompts": prompts_file(run.values.get("sample_prompts")),
    }
    for option, files in beside.items():
        for name in files:
            argv += [f"--{option}", str(job_dir / name)]
    if run.has("tokenizer_cache_dir"):
        argv += ["--tokenizer_cache_dir", str(run.tokenizers)]
    return Launch(
        argv=tuple(argv),
        cwd=Path.cwd(),
        env={**environment(run.launch, offline=run.offline), "PYTHONPATH": _python_path()},
        supervisor=(sys.executable, "-m", SUPERVISOR, str(job_dir), "--"),
        saves_on_stop=False,
    )


def _python_path() -> str:
    """Let the supervisor find this package from any folder; it takes its own part out again for the trainer."""
    found = os.environ.get("PYTHONPATH")
    return os.pathsep.join([str(repository().root), *([found] if found else [])])


def _to_follow(run: Run, commit: str | None) -> dict[str, Any]:
    """Say what the supervisor must know; relative folders start where the trainer is started."""
    values = run.values
    return {
        "script": run.script.name,
        "commit": commit,
        "output_dir": values.get("output_dir"),
        "output_name": values.get("output_name") or "last",
        "logging_dir": values.get("logging_dir"),
        "seed": values.get("seed"),
        "precision": run.launch.mixed_precision,
        "makes_model": not values.get("debug_dataset"),
        "settings": {name: value for name, value in values.items() if name not in VARIABLES},
        "tokenizers": str(run.tokenizers) if run.has("tokenizer_cache_dir") else None,
    }
