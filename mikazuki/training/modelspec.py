"""The ``modelspec.`` keys of a saved file, as sd-scripts writes them after Stability AI's ModelSpec 1.0.1."""

import base64
import mimetypes
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image, UnidentifiedImageError

from mikazuki import __version__
from mikazuki.errors import MikazukiError
from mikazuki.models.families import FamilyName
from mikazuki.models.identify import ModelInfo
from mikazuki.settings.methods import HYPERNETWORK, INVERSION, LORA, NETWORKS, PIVOTAL
from mikazuki.settings.train import TrainSettings

SPEC_VERSION: Final = "1.0.1"
STABILITY: Final = "https://github.com/Stability-AI/generative-models"
IMPLEMENTATIONS: Final[Mapping[FamilyName, str]] = {
    "sd1": "diffusers",
    "sd2": "diffusers",
    "sdxl": STABILITY,
}
"""Whose names a LoRA's keys follow, in the words of the specification; whole models and embeddings: Stability AI's."""
KINDS: Final[Mapping[str, str]] = {
    LORA: "/lora", PIVOTAL: "/lora", INVERSION: "/textual-inversion", HYPERNETWORK: "/hypernetwork",
}  # fmt: skip
"""What follows the architecture's name, by method; nothing for whole models."""
DESCRIPTIONS: Final = (
    "author", "description", "license", "tags", "usage_hint", "merged_from", "trigger_phrase", "preprocessor",
    "is_negative_embedding",
)  # fmt: skip
"""Keys whose text is that of the option ``metadata_`` and their name, left out where it is not set."""

THUMBNAIL_SIDE: Final = 512
THUMBNAIL_BYTES: Final = 1 << 18
"""A picture file larger than this many bytes is made smaller: every program that lists models reads it."""


def model_spec(settings: TrainSettings, info: ModelInfo, now: float, thumbnail: str | None = None) -> dict[str, str]:
    """Return the keys of a file saved at ``now`` (unix seconds); ``thumbnail`` is a data URL."""
    predicts_v = info.prediction_type == "v_prediction"
    architecture = {
        "sd1": "stable-diffusion-v1",
        "sd2": "stable-diffusion-v2-768-v" if predicts_v else "stable-diffusion-v2-512",
        "sdxl": "stable-diffusion-xl-v1-base",
    }[info.family]
    spec = {
        "sai_model_spec": SPEC_VERSION,
        "architecture": f"{architecture}{KINDS.get(settings.method, '')}",
        "implementation": IMPLEMENTATIONS[info.family] if settings.method in NETWORKS else STABILITY,
        "implementation_version": f"mikazuki/{__version__}",
        "title": settings.metadata_title or settings.output_name,
        "resolution": _resolution(settings, info),
        "date": datetime.fromtimestamp(int(now)).isoformat(),  # noqa: DTZ006
        "prediction_type": "v" if predicts_v else "epsilon",
        "timestep_range": _timesteps(settings),
        "encoder_layer": None if settings.clip_skip is None else str(settings.clip_skip),
        "thumbnail": thumbnail,
        **{key: getattr(settings, f"metadata_{key}") for key in DESCRIPTIONS},
    }
    return {f"modelspec.{key}": value for key, value in spec.items() if value is not None}


def _resolution(settings: TrainSettings, info: ModelInfo) -> str:
    """Return width x height; with a dataset_config, which has its own, the model's own where it is not set."""
    width, height = settings.resolution
    if settings.dataset_config and (width, height) == (512, 512):
        v_of_sd2 = info.family == "sd2" and info.prediction_type == "v_prediction"
        width = height = 1024 if info.family == "sdxl" else 768 if v_of_sd2 else 512
    return f"{width}x{height}"


def _timesteps(settings: TrainSettings) -> str | None:
    if settings.min_timestep is None and settings.max_timestep is None:
        return None
    return f"{settings.min_timestep or 0},{1000 if settings.max_timestep is None else settings.max_timestep}"


def read_thumbnail(text: str | None) -> str | None:
    """Return metadata_thumbnail as a data URL: it is one already, or names a picture file.

    A large picture is brought to `THUMBNAIL_SIDE` pixels as JPEG. Raises MikazukiError ``thumbnail``.
    """
    if text is None or text.startswith("data:"):
        return text
    path = Path(text)
    try:
        content = path.read_bytes()
        with Image.open(BytesIO(content)) as picture:
            kind = Image.MIME.get(picture.format or "") or mimetypes.guess_type(path.name)[0] or "image/png"
            if len(content) > THUMBNAIL_BYTES:
                content, kind = _smaller(picture), "image/jpeg"
    except (OSError, UnidentifiedImageError) as error:
        raise MikazukiError(
            "thumbnail",
            f"metadata_thumbnail: {path} is no picture that can be read ({error}).",
            "Name a picture file, or write a data URL that begins with data:image/.",
        ) from error
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"


def _smaller(picture: Image.Image) -> bytes:
    small = picture.convert("RGB")
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    buffer = BytesIO()
    small.save(buffer, format="JPEG", quality=90)
    return buffer.getvalue()
