"""Says what a base model is (layout, family, prediction type, parts) from headers alone, or why it is none."""

import difflib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from mikazuki.errors import MikazukiError
from mikazuki.models.classify import family_of_names, raise_for_stranger
from mikazuki.models.families import FAMILIES, FAMILY_TITLES, UNET_PREFIX, VAE_PREFIX, FamilyName, Layout
from mikazuki.models.headers import Header, looks_like_safetensors, not_safetensors, read_header
from mikazuki.models.pickles import read_shapes, zipfile_begins
from mikazuki.models.prediction import PredictionType, prediction_of_file

MODEL_ENDINGS: Final = (".safetensors", ".ckpt", ".pt", ".pth", ".bin")
WEIGHT_NAMES: Final = (
    "diffusion_pytorch_model.safetensors",
    "model.safetensors",
    "diffusion_pytorch_model.fp16.safetensors",
    "model.fp16.safetensors",
    "diffusion_pytorch_model.bin",
    "pytorch_model.bin",
)
"""Names of a part's weights in a diffusers folder, best first."""
SETTING: Final = "pretrained_model_name_or_path"
_V: Final[PredictionType] = "v_prediction"


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A base model on disk.

    ``layout`` is one file or a diffusers folder; ``resolution`` the side in pixels it was made for, as far as can be
    told; ``bytes`` the size of its weights; ``shapes`` name -> shape of a file's tensors, of a folder's UNet.
    """

    path: Path
    layout: Layout
    family: FamilyName
    prediction_type: PredictionType
    has_vae: bool
    bytes: int
    resolution: int
    shapes: dict[str, tuple[int, ...]] = field(repr=False, compare=False)
    metadata: dict[str, str] = field(repr=False, compare=False, default_factory=dict)


def identify(path: Path | str, v_parameterization: bool | None = None) -> ModelInfo:  # noqa: FBT001
    """Identify the base model at ``path``; ``v_parameterization`` overrides what is read off it.

    Raises MikazukiError: ``model-not-found``, ``truncated``, ``not-a-model``, ``unsafe-pickle``, ``is-a-lora``,
    ``is-a-vae``, ``is-an-embedding``, ``is-a-hypernetwork``, ``inpainting``, ``unknown-family``, ``incomplete-model``.
    """
    path = Path(path)
    if not path.exists():
        raise not_found(path, SETTING)
    told: PredictionType | None = None if v_parameterization is None else (_V if v_parameterization else "epsilon")
    return _identify_folder(path, told) if path.is_dir() else _identify_file(path, told)


def check_family(info: ModelInfo, model_type: str) -> None:
    """Raise MikazukiError ``wrong-family`` when ``model_type`` names another family than the model's."""
    if model_type not in {"auto", info.family}:
        raise MikazukiError(
            "wrong-family",
            f"{info.path} is {FAMILY_TITLES[info.family]} ({info.family}), but model_type says {model_type}"
            f" ({FAMILY_TITLES.get(model_type, 'unknown')}).",
            f'Set model_type to "{info.family}" or "auto", or choose a {model_type} model for {SETTING}.',
        )


def check_vae(info: ModelInfo, vae: Path | str | None) -> None:
    """Check, before anything heavy, that there is a VAE: the one set as ``vae``, or the model's own.

    Raises MikazukiError ``model-not-found``, ``not-a-vae``, ``incomplete-model``, and what reading headers raises.
    """
    if vae is None:
        if not info.has_vae:
            raise MikazukiError(
                "incomplete-model",
                f"{info.path} holds no VAE, the part that turns pictures into latents.",
                "Set vae to a VAE file of the same family, or use a model that brings its own.",
            )
        return
    path = Path(vae)
    if not path.exists():
        raise not_found(path, "vae")
    if path.is_dir():
        names = set(folder_shapes(path / "vae" if (path / "vae").is_dir() else path))
    else:
        names = set(file_shapes(path))
    if not any(name.removeprefix(VAE_PREFIX) == "decoder.conv_in.weight" for name in names):
        raise MikazukiError(
            "not-a-vae", f"{path}, set as vae, holds no VAE.", "Choose a VAE, or leave vae empty for the model's own."
        )


def file_shapes(path: Path) -> dict[str, tuple[int, ...]]:
    """Return name -> shape of a file's tensors, whichever format its first bytes show."""
    return read_header(path).shapes if _is_safetensors(path) else read_shapes(path)


def part_files(folder: Path) -> list[Path]:
    """Return the files that hold the weights of one part of a diffusers folder; several where it was split."""
    for index in (*sorted(folder.glob("*.safetensors.index.json")), *sorted(folder.glob("*.bin.index.json"))):
        shards = sorted(set(read_json(index).get("weight_map", {}).values()))
        return [folder / Path(str(shard)).name for shard in shards]
    found = next((folder / name for name in WEIGHT_NAMES if (folder / name).is_file()), None)
    if found is None:
        raise MikazukiError(
            "incomplete-model",
            f"{folder} holds no weights ({WEIGHT_NAMES[0]} or the like).",
            "The copy or download of this model is incomplete: fetch it again.",
        )
    return [found]


def folder_shapes(folder: Path) -> dict[str, tuple[int, ...]]:
    """Return name -> shape of one part of a diffusers folder."""
    shapes: dict[str, tuple[int, ...]] = {}
    for file in part_files(folder):
        if not file.is_file():
            raise MikazukiError(
                "incomplete-model", f"{file} is missing.", "The download is incomplete: fetch the model again."
            )
        shapes |= file_shapes(file)
    return shapes


def read_json(path: Path) -> dict[str, Any]:
    """Read a JSON object; raises MikazukiError ``incomplete-model`` where there is none."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise MikazukiError(
            "incomplete-model", f"{path} is missing or cannot be read: {error}.", "Fetch the model again."
        ) from error
    return content if isinstance(content, dict) else {}


def not_found(path: Path, setting: str) -> MikazukiError:
    """Return the error for a model that is not there, with the nearest names that are."""
    folder = path.parent
    names = sorted(_model_names(folder)) if folder.is_dir() else []
    near = difflib.get_close_matches(path.name, names, n=3, cutoff=0.5) or names[:5]
    if near:
        hint = f"In {folder} there is: {', '.join(near)}. Correct {setting}."
    elif not folder.is_dir():
        hint = f"The folder {folder} does not exist either; models are never downloaded, so give the path of a file."
    else:
        hint = f"{folder} holds no model. Put one there, or correct {setting}; models are never downloaded."
    return MikazukiError("model-not-found", f"There is no model at {path}.", hint)


def _model_names(folder: Path) -> list[str]:
    return [
        entry.name
        for entry in folder.iterdir()
        if entry.suffix.lower() in MODEL_ENDINGS or (entry.is_dir() and (entry / "model_index.json").is_file())
    ]


def _is_safetensors(path: Path) -> bool:
    """Tell the format by the first bytes; by the name where they fit neither. Raises ``not-a-model``."""
    if looks_like_safetensors(path):
        return True
    with path.open("rb") as file:
        start = file.read(9)
    if zipfile_begins(path) or start[:1] == b"\x80":
        return False
    raise (
        not_safetensors(path, start)
        if path.suffix == ".safetensors"
        else MikazukiError(
            "not-a-model",
            f"{path} is no model: it is neither a .safetensors file nor a torch checkpoint.",
            f"Choose another file for {SETTING}.",
        )
    )


def _identify_file(path: Path, told: PredictionType | None) -> ModelInfo:
    header = read_header(path) if _is_safetensors(path) else None
    shapes = header.shapes if header else read_shapes(path)
    family = family_of_names(shapes)
    if family is None:
        raise_for_stranger(path, shapes)
    prefixes = tuple(spec.prefix for spec in FAMILIES[family].text_encoders)
    missing = [prefix for prefix in prefixes if not any(name.startswith(prefix) for name in shapes)]
    if missing:
        raise MikazukiError(
            "incomplete-model",
            f"{path} holds a UNet but no text encoder ({missing[0]}...).",
            "Use the whole checkpoint; a UNet alone cannot be trained on captions.",
        )
    _check_channels(path, shapes[f"{UNET_PREFIX}input_blocks.0.0.weight"], shapes[f"{UNET_PREFIX}out.2.weight"])
    prediction = told or prediction_of_file(path, family, header, shapes)
    return ModelInfo(
        path=path,
        layout="single",
        family=family,
        prediction_type=prediction,
        has_vae=f"{VAE_PREFIX}decoder.conv_in.weight" in shapes,
        bytes=path.stat().st_size,
        resolution=_resolution_of_file(header, family, prediction),
        shapes=shapes,
        metadata=header.metadata if header else {},
    )


def _resolution_of_file(header: Header | None, family: FamilyName, prediction: PredictionType) -> int:
    side = (header.metadata.get("modelspec.resolution", "") if header else "").partition("x")[0]
    if side.isdigit():
        return int(side)
    return 512 if family == "sd2" and prediction == "epsilon" else FAMILIES[family].resolution


def _identify_folder(path: Path, told: PredictionType | None) -> ModelInfo:
    if not (path / "model_index.json").is_file():
        names = sorted(_model_names(path))
        hint = f"It holds {', '.join(names[:5])}: give one of them." if names else "Give a model file instead."
        raise MikazukiError("not-a-model", f"{path} is a folder without model_index.json, no diffusers model.", hint)
    shapes = folder_shapes(path / "unet")
    family = _folder_family(path, shapes)
    _check_channels(path, shapes["conv_in.weight"], shapes["conv_out.weight"])
    config = read_json(path / "unet" / "config.json")
    scheduler = read_json(path / "scheduler" / "scheduler_config.json")
    for spec in FAMILIES[family].text_encoders:
        part_files(path / spec.folder)
    has_vae = (path / "vae").is_dir()
    prediction: PredictionType = _V if scheduler.get("prediction_type") == _V else "epsilon"
    parts = [path / name for name in ("unet", "vae", "text_encoder", "text_encoder_2") if (path / name).is_dir()]
    return ModelInfo(
        path=path,
        layout="diffusers",
        family=family,
        prediction_type=told or prediction,
        has_vae=has_vae,
        bytes=sum(file.stat().st_size for part in parts for file in part_files(part)),
        resolution=_resolution_of_folder(path, config, family),
        shapes=shapes,
    )


def _folder_family(path: Path, shapes: dict[str, tuple[int, ...]]) -> FamilyName:
    """Tell the family of a diffusers UNet: SDXL has size conditions, SD2 projects by matrices, SD1 by convolutions."""
    projection = next((shape for name, shape in shapes.items() if name.endswith("attentions.0.proj_in.weight")), None)
    if "conv_in.weight" not in shapes or "conv_out.weight" not in shapes or projection is None:
        raise MikazukiError(
            "unknown-family",
            f"{path} is a diffusers folder, but not of Stable Diffusion 1, 2 or XL.",
            f"Choose an sd1, sd2 or sdxl model for {SETTING}.",
        )
    if "add_embedding.linear_1.weight" in shapes:
        return "sdxl"
    return "sd2" if len(projection) == 2 else "sd1"


def _resolution_of_folder(path: Path, config: dict[str, Any], family: FamilyName) -> int:
    size = config.get("sample_size")
    if not isinstance(size, int):
        return FAMILIES[family].resolution
    levels = 4
    if (path / "vae" / "config.json").is_file():
        levels = len(read_json(path / "vae" / "config.json").get("block_out_channels", [0] * levels))
    return int(size * 2 ** (levels - 1))


def _check_channels(path: Path, first: tuple[int, ...], last: tuple[int, ...]) -> None:
    """Refuse a UNet that takes more than the latents: 4 more for a masked picture and 1 for its mask."""
    if first[1] != last[0]:
        raise MikazukiError(
            "inpainting",
            f"{path} is an inpainting model or the like (its UNet takes {first[1]} channels instead of {last[0]}); "
            "training those is not supported yet.",
            "Use the ordinary version of this model.",
        )
