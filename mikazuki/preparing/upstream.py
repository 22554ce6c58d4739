"""What only the upstream engine asks of a training before it starts: its words, its states, its data."""

from pathlib import Path

from mikazuki.data.captions import caption_paths
from mikazuki.data.entries import Entry
from mikazuki.data.folders import Notice, listed
from mikazuki.data.plan import Plan
from mikazuki.engines.contract import Engine
from mikazuki.engines.sd_scripts import run_of
from mikazuki.engines.sd_scripts_place import PIN, Place
from mikazuki.engines.sd_scripts_run import NAME, files_of
from mikazuki.engines.sd_scripts_state import find_upstream_state
from mikazuki.errors import MikazukiError
from mikazuki.models.identify import ModelInfo
from mikazuki.preparing.states import SavedState
from mikazuki.settings.train import TrainSettings


def uses_upstream(settings: TrainSettings, engine: Engine | None) -> bool:
    """Say whether upstream is to train: it was chosen, or asked for though it is not here."""
    return engine.name == NAME if engine else settings.engine == NAME


def check_words(settings: TrainSettings, info: ModelInfo) -> None:
    """Look for what upstream cannot do; raises MikazukiError as `run_of` and `files_of` do."""
    files_of(run_of(settings, info), None)


def check_captions(plan: Plan) -> None:
    """Refuse empty caption files, which end upstream's start with an error; metadata files have none.

    Raises:
        MikazukiError: ``captions-empty``.
    """
    empty = []
    for entry in plan.entries:
        options = plan.subsets[entry.subset].options
        if options.metadata_file:
            continue
        ending = options.captions.caption_extension
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


def check_sizes(plan: Plan, *, cached: bool) -> None:
    """Refuse pictures that upstream neither sorts into buckets nor fits into the resolution: it stops at the first one.

    Args:
        plan: The pictures.
        cached: Whether latents are cached, for which every picture is fitted.

    Raises:
        MikazukiError: ``picture-size``.
    """
    wrong = [] if cached else [entry.picture for entry in plan.entries if not _fits(entry, plan)]
    if wrong:
        raise MikazukiError(
            "picture-size",
            f"sd-scripts does not fit these pictures into their resolution: {listed(wrong)}.",
            "Set enable_bucket or cache_latents.",
        )


def _fits(entry: Entry, plan: Plan) -> bool:
    options, dataset = plan.subsets[entry.subset].options, plan.datasets[entry.dataset]
    (width, height), (least_width, least_height) = entry.size, dataset.resolution
    if dataset.enable_bucket or entry.size == dataset.resolution or options.face_crop_aug_range:
        return True
    # cropped at random it may be larger, and never smaller
    return options.random_crop and width >= least_width and height >= least_height


def caches_latents(settings: TrainSettings) -> bool:
    """Say whether upstream will cache latents: not where every step needs the picture anew."""
    changing = settings.color_aug or settings.random_crop
    return settings.cache_latents_to_disk or (settings.cache_latents and not changing)


def notices(place: Place) -> list[Notice]:
    """Warn of a checkout that is another one than the options here were read off."""
    if not place.there or place.commit in {None, PIN}:
        return []
    text = (
        f"{place.folder} is at commit {(place.commit or '')[:7]}, but this version knows the options of {PIN[:7]}: "
        f"see what differs with `python -m mikazuki upstream --checkout {place.folder}`."
    )
    return [Notice("other-commit", text)]


def tokenizer_notices(folder: str | None) -> list[Notice]:
    """Warn where ``tokenizer_cache_dir`` names no folder: the project's own tokenizers, or fetched ones, are used."""
    if not folder or Path(folder).is_dir():
        return []
    text = f"tokenizer_cache_dir: there is no folder {folder}, so other tokenizers than those in it will be used."
    return [Notice("no-tokenizer-folder", text)]
