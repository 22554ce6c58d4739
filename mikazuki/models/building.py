"""Checks, from headers alone, whether a checkpoint can be built as asked, before anything heavy is loaded."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mikazuki.errors import MikazukiError
from mikazuki.models.classify import is_lora
from mikazuki.models.identify import ModelInfo, check_vae, file_shapes, identify, not_found
from mikazuki.settings.build_checkpoint import BuildSettings
from mikazuki.settings.methods import NETWORKS, WHOLE
from mikazuki.settings.saved_state import SavedTraining, read_saved

_ENDINGS: Final = {"safetensors": ".safetensors", "ckpt": ".ckpt", "diffusers": ""}


@dataclass(frozen=True)
class Build:
    """A checkpoint that can be built: onto what, from which training, and where to."""

    info: ModelInfo
    saved: SavedTraining | None
    path: Path
    vae: str | None

    @property
    def files(self) -> list[Path]:
        """Every file or folder that is written."""
        return [self.path, self.path.with_suffix(".yaml")] if self._has_yaml else [self.path]

    @property
    def _has_yaml(self) -> bool:
        return self.info.family == "sd2" and bool(self.path.suffix)


def examine_build(settings: BuildSettings) -> Build:
    """Return what is to be built.

    Raises:
        MikazukiError: ``nothing-to-build``, ``no-model-inside``, ``no-ema``, ``output-exists``, ``not-a-lora``,
            ``model-not-found``, and what `read_saved`, `identify` and `check_vae` raise.
    """
    saved = read_saved(Path(settings.state)) if settings.state else None
    base = settings.pretrained_model_name_or_path or (saved and saved.settings.pretrained_model_name_or_path)
    if saved is None and settings.lora is None:
        raise MikazukiError(
            "nothing-to-build", "Neither a state nor a LoRA is named.", "Set state to a folder that ends in -state."
        )
    if not base:
        raise MikazukiError(
            "nothing-to-build", "It is not said which base model the LoRA is merged into.", "Name the base model."
        )
    if saved:
        _check_saved(saved, ema=settings.ema)
    elif settings.ema:
        raise _no_mean(f"{settings.lora} is a file, which")
    if settings.lora:
        _check_lora(Path(settings.lora))
    told = saved.settings if saved else None
    v = settings.v_parameterization if settings.v_parameterization is not None or not told else told.v_parameterization
    info = identify(base, v)
    vae = settings.vae or (told.vae if told else None)
    if vae or settings.save_model_as == "diffusers":
        check_vae(info, vae)
    found = Build(info, saved, _path(settings, saved), vae)
    for taken in found.files:
        if taken.exists():
            raise MikazukiError(
                "output-exists", f"{taken} is there already; nothing is replaced.", "Choose another output_name."
            )
    return found


def _check_saved(saved: SavedTraining, *, ema: bool) -> None:
    method = saved.settings.method
    if method not in (*WHOLE, *NETWORKS):
        raise MikazukiError(
            "no-model-inside",
            f"{saved.folder} is of method {method}, which changes no weights of the model.",
            f"Name a state of one of the methods {', '.join((*WHOLE, *NETWORKS))}.",
        )
    if ema and not saved.settings.ema_decay:
        raise _no_mean(str(saved.folder))


def _no_mean(what: str) -> MikazukiError:
    return MikazukiError(
        "no-ema",
        f"{what} keeps no running mean of the weights.",
        "Leave ema off, or train with ema_decay.",
    )


def _check_lora(path: Path) -> None:
    if not path.is_file():
        raise not_found(path, "lora")
    if not is_lora(file_shapes(path)):
        raise MikazukiError("not-a-lora", f"{path} is no LoRA.", "Choose a LoRA file for lora.")


def _path(settings: BuildSettings, saved: SavedTraining | None) -> Path:
    """Return OUTPUT_DIR/[NAME/]NAME[_PICTURES][_lora][_ema] and its ending."""
    name = settings.output_name or (saved.settings.output_name if saved else Path(settings.lora or "").stem)
    merged = settings.lora is not None or (saved is not None and saved.settings.method in NETWORKS)
    parts = [name, *([str(saved.images)] if saved else []), *(["lora"] if merged else [])]
    stem = "_".join([*parts, *(["ema"] if settings.ema else [])])
    folder = Path(settings.output_dir) / name if settings.save_in_subfolder else Path(settings.output_dir)
    return folder / f"{stem}{_ENDINGS[settings.save_model_as]}"
