"""Checks, from headers alone, whether a base model can be converted as asked, before anything heavy is loaded."""

from pathlib import Path

from mikazuki.errors import MikazukiError
from mikazuki.models.families import FAMILIES, UNET_PREFIX, VAE_PREFIX
from mikazuki.models.identify import MODEL_ENDINGS, ModelInfo, check_vae, identify, not_found
from mikazuki.settings.convert import ConvertSettings

FILE_ENDINGS = (".safetensors", ".ckpt")
"""Endings that a model may be written under."""
EMA_PREFIX = "model_ema."
"""Begins the names of the mean of a training's weights in its file."""
_CHANGED = frozenset({"modelspec.hash_sha256", "sshs_model_hash", "sshs_legacy_hash"})
"""Metadata that tells of the weights' own bytes."""


def becomes_file(path: Path) -> bool:
    """Say whether a name asks for one file; else it is a folder's."""
    return path.suffix.lower() in FILE_ENDINGS


def examine_conversion(settings: ConvertSettings) -> ModelInfo:
    """Return what is to be converted.

    Raises:
        MikazukiError: ``model-not-found``, ``output-exists``, ``output-ending``, ``no-ema``, ``incomplete-model``, and
            what `identify` and `check_vae` raise.
    """
    source, path = Path(settings.model_to_load), Path(settings.model_to_save)
    if not source.exists():
        raise not_found(source, "the path")
    info = identify(source, settings.v_parameterization)
    if path.suffix.lower() in MODEL_ENDINGS and not becomes_file(path):
        raise MikazukiError(
            "output-ending",
            f"{path} ends in {path.suffix}, in which no whole model is written.",
            f"Name a file that ends in {' or '.join(FILE_ENDINGS)}, or a folder.",
        )
    for taken in outputs(path, info):
        if taken.exists():
            raise MikazukiError(
                "output-exists", f"{taken} is there already; nothing is replaced.", "Name a new file or folder."
            )
    if settings.ema and not any(name.startswith(EMA_PREFIX) for name in info.shapes):
        raise MikazukiError(
            "no-ema",
            f"{info.path} keeps no mean of its weights (EMA).",
            "Leave ema off: there is one set of weights only.",
        )
    if settings.vae is not None or not becomes_file(path):
        check_vae(info, settings.vae)
    return info


def outputs(path: Path, info: ModelInfo) -> list[Path]:
    """Return every file or folder that a conversion writes."""
    return [path, path.with_suffix(".yaml")] if info.family == "sd2" and becomes_file(path) else [path]


def left_out(info: ModelInfo) -> tuple[int, int]:
    """Return how many of a file's tensors belong to no part: means of weights (EMA), and others."""
    if info.layout == "diffusers":
        return 0, 0
    parts = (UNET_PREFIX, VAE_PREFIX, *(spec.prefix for spec in FAMILIES[info.family].text_encoders))
    rest = [name for name in info.shapes if not name.startswith(parts)]
    means = sum(name.startswith(EMA_PREFIX) for name in rest)
    return means, len(rest) - means


def metadata_of(info: ModelInfo) -> dict[str, str]:
    """Return the metadata that stays true; an sd2 file is told what it predicts, which its names do not tell."""
    kept = {key: value for key, value in info.metadata.items() if key not in _CHANGED}
    if info.family != "sd2":
        return kept
    told = {
        "modelspec.prediction_type": "v" if info.prediction_type == "v_prediction" else "epsilon",
        "modelspec.resolution": f"{info.resolution}x{info.resolution}",
    }
    return kept | told
