"""The upstream trainer as an engine: is it here, what does it train, and what starts it for a run's settings."""

from pathlib import Path
from typing import Final

from mikazuki.engines.contract import Availability, Launch
from mikazuki.engines.sd_scripts_launch import best_precision
from mikazuki.engines.sd_scripts_place import FOLDER_VARIABLE, PYTHON_VARIABLE, Place, find_place
from mikazuki.engines.sd_scripts_run import NAME, Run, files_of, launch_of
from mikazuki.errors import MikazukiError
from mikazuki.models.identify import ModelInfo, identify
from mikazuki.settings.train import TrainSettings
from mikazuki.settings.upstream.check import parse_upstream
from mikazuki.settings.upstream.launch import LaunchSettings
from mikazuki.settings.upstream.options import options_of
from mikazuki.settings.upstream.scripts import FAMILIES, SCRIPTS, script_for
from mikazuki.settings.upstream.values import Found, upstream_values

INSTALL: Final = "run `install.sh --with-sd-scripts` (Windows: `install.ps1 --with-sd-scripts`)"

BUILTIN: Final = 'use engine = "builtin"'


class SdScripts:
    """kohya-ss/sd-scripts, pinned as a git submodule, or a checkout elsewhere."""

    name: Final = NAME
    methods: Final = tuple(dict.fromkeys(m for script in SCRIPTS.values() if script.trains for m in script.methods))
    families: Final = FAMILIES

    def __init__(self, folder: str | Path | None = None, python: str | Path | None = None) -> None:
        """Use the checkout in ``folder`` with its Python; what is None is where `find_place` looks."""
        self._named = (folder, python)

    @property
    def place(self) -> Place:
        """Where it lies, looked up anew: an installation may have come in between."""
        return find_place(*self._named)

    def available(self) -> Availability:
        """Look for its scripts and for the packages of its Python, by their folders alone."""
        place = self.place
        if not place.there:
            return Availability(
                ok=False,
                reason=f"there is no train_network.py in {place.folder}",
                remedy=f"{INSTALL}, name a checkout in sd_scripts_dir (or {FOLDER_VARIABLE}), or {BUILTIN}",
            )
        missing = place.missing()
        if place.python is None or missing:
            lacking = f"{place.python} lacks {', '.join(missing)}" if place.python else "it has no Python environment"
            return Availability(
                ok=False,
                reason=f"{place.folder} is there, but {lacking}",
                remedy=f"{INSTALL}, name its Python in sd_scripts_python (or {PYTHON_VARIABLE}), or {BUILTIN}",
            )
        return Availability(ok=True)

    def options(self) -> frozenset[str]:
        """Those of all its scripts."""
        return frozenset(name for script in SCRIPTS for name in options_of(script))

    def files(self, settings: TrainSettings) -> dict[str, str]:
        """Return its settings, dataset and prompt files; raises where settings ask for what upstream cannot do."""
        return files_of(run_of(settings), self.place.commit)

    def launch(self, job_dir: Path, settings: TrainSettings) -> Launch:
        """Return the command; raises MikazukiError ``engine-not-available``."""
        return self.launch_run(job_dir, run_of(settings))

    def launch_run(self, job_dir: Path, run: Run) -> Launch:
        """Return the command of a run in upstream's own words; raises MikazukiError ``engine-not-available``."""
        self.demand()
        return launch_of(run, job_dir, self.place)

    def demand(self) -> None:
        """Raise MikazukiError ``engine-not-available`` where it cannot be used here."""
        found = self.available()
        if not found.ok:
            remedy = f"{found.remedy[:1].upper()}{found.remedy[1:]}."
            raise MikazukiError("engine-not-available", f"The engine {self.name}: {found.reason}.", remedy)


def run_of(settings: TrainSettings, info: ModelInfo | None = None) -> Run:
    """Say in upstream's words what settings ask for, with every check of upstream's options.

    Args:
        settings: What was asked for.
        info: The base model, where it was read already; else it is read here.

    Raises:
        MikazukiError: ``engine-cannot`` for what upstream has not; ``settings-wrong`` for what cannot work there;
            what `identify` raises.
    """
    found = found_of(settings, info)
    script = script_for(settings.method, found.family)
    checked = parse_upstream(script.name, upstream_values(settings, script.name, found), f"engine {NAME}")
    return Run(script, checked.values, launch_settings(settings, found.precision))


def found_of(settings: TrainSettings, info: ModelInfo | None = None) -> Found:
    """Read off the base model and this machine what upstream must be told: family, prediction and precision.

    Raises:
        MikazukiError: What `identify` raises.
    """
    model = info or identify(settings.pretrained_model_name_or_path, settings.v_parameterization)
    precision = best_precision() if settings.mixed_precision == "auto" else settings.mixed_precision
    return Found(model.family, model.prediction_type == "v_prediction", precision)


def launch_settings(settings: TrainSettings, precision: str) -> LaunchSettings:
    """Return what the launcher heeds itself, in its own settings."""
    shared = LaunchSettings.model_fields.keys() & TrainSettings.model_fields.keys()
    own = {name: getattr(settings, name) for name in shared}
    return LaunchSettings(**{**own, "mixed_precision": precision})
