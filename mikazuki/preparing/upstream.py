"""What only the upstream engine asks of a training before it starts: its words, its states, its data."""

from pathlib import Path

from mikazuki.data.captions import caption_paths
from mikazuki.data.folders import Notice, listed
from mikazuki.data.plan import Plan
from mikazuki.engines.contract import Engine
from mikazuki.engines.sd_scripts import run_of
from mikazuki.engines.sd_scripts_place import PIN, find_place
from mikazuki.engines.sd_scripts_run import NAME, files_of
from mikazuki.engines.sd_scripts_state import find_upstream_state
from mikazuki.errors import MikazukiError
from mikazuki.models.identify import ModelInfo
from mikazuki.preparing.states import SavedState
from mikazuki.settings.train import TrainSettings


def uses_upstream(settings: TrainSettings, engine: Engine | None) -> bool:
    """Say whether upstream is to train: it was chosen, or asked for though it is not here."""
    return engine.name == NAME if engine else settings.engine == NAME


def told(settings: TrainSettings, info: ModelInfo) -> TrainSettings:
    """Write down what was read off the model: upstream must be told its family and what it predicts."""
    changes = {"model_type": info.family, "v_parameterization": info.prediction_type == "v_prediction"}
    return settings.model_copy(update=changes)


def check_words(settings: TrainSettings) -> None:
    """Look for what upstream cannot do; raises MikazukiError as `run_of` and `files_of` do."""
    files_of(run_of(settings), None)


def check_captions(settings: TrainSettings, plan: Plan) -> None:
    """Refuse empty caption files, which end upstream's start with an error.

    Raises:
        MikazukiError: ``captions-empty``.
    """
    if settings.in_json:
        return
    empty = []
    for entry in plan.entries:
        ending = plan.subsets[entry.subset].options.captions.caption_extension
        path = next((path for path in caption_paths(entry.picture, ending) if path.is_file()), None)
        if path and not path.stat().st_size:
            empty.append(path)
    if empty:
        raise MikazukiError(
            "captions-empty",
            f"sd-scripts cannot train with empty caption files: {listed(empty)}.",
            "Write captions into them, or delete them: pictures without one take the name of their folder.",
        )


def find_state(settings: TrainSettings) -> SavedState | None:
    """Return the state of upstream's to go on from; raises MikazukiError as `find_upstream_state` does."""
    if settings.resume_from_huggingface:
        return None
    found = find_upstream_state(settings.resume, Path(settings.output_dir), settings.output_name)
    return SavedState(found.folder, found.step, found.epoch, None, {}) if found else None


def notices() -> list[Notice]:
    """Warn of a checkout that is another one than the options here were read off."""
    place = find_place()
    if not place.there or place.commit in {None, PIN}:
        return []
    text = (
        f"{place.folder} is at commit {(place.commit or '')[:7]}, but this version knows the options of {PIN[:7]}: "
        "see what differs with `python -m mikazuki upstream`."
    )
    return [Notice("other-commit", text)]
