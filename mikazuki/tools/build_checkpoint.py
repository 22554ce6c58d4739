"""Writes a checkpoint of what a training had learned at a saved state: ``--config_file FOLDER/config.toml``."""

import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final

import torch
from safetensors import SafetensorError
from torch import Tensor, nn

from mikazuki.data.plan import Plan
from mikazuki.errors import MikazukiError
from mikazuki.events import EventWriter
from mikazuki.files import size_of
from mikazuki.models import load
from mikazuki.models.building import Build, examine_build
from mikazuki.models.export import WholeModel, save_checkpoint, save_folder
from mikazuki.models.export_parts import checkpoint_tensors
from mikazuki.models.families import UNET_PREFIX, family_of
from mikazuki.models.identify import ModelInfo, file_shapes
from mikazuki.models.lean import lean_diffusers
from mikazuki.models.weights import Reader, opened
from mikazuki.settings.build_checkpoint import BuildSettings
from mikazuki.settings.methods import FINE_TUNE, WHOLE
from mikazuki.settings.optimizers import is_schedule_free
from mikazuki.settings.saved_state import WEIGHTS, SavedTraining
from mikazuki.settings.train import TrainSettings
from mikazuki.tools.convert import DTYPES, HUNDREDTHS, Progress
from mikazuki.tools.program import run_program, stop_file
from mikazuki.training.methods import Loaded
from mikazuki.training.methods.full import FullMethod
from mikazuki.training.methods.lora import LoraMethod
from mikazuki.training.modelspec import model_spec
from mikazuki.training.networks import merge_base_weights, merge_weights
from mikazuki.training.optimizers import averaged_weights, build_optimizer, load_optimizer_state
from mikazuki.training.state import OPTIMIZER

NO_DATA: Final = Plan(
    entries=(), subsets=(), buckets=(), num_train_images=0, num_reg_images=0, batches_per_epoch=0, steps_per_epoch=0,
    max_train_steps=0, max_train_epochs=0, mean_img_ar_error=0.0, warnings=(), notes=(),
)  # fmt: skip
"""A plan for methods that only hold weights here."""
_OF_UNET: Final = ("lora_unet", "oft_unet")
"""What the names of a LoRA's tensors beside the UNet begin with."""
Learned = FullMethod | LoraMethod


def build(settings: BuildSettings, events: EventWriter, stop: Path | None = None) -> dict[str, Any]:
    """Build; return where to, which family, and how many bytes.

    It takes the memory of the base model's changed parts, in the state's number type.

    Args:
        settings: What is asked for.
        events: Told how far it is.
        stop: When this file exists the work ends after the hundredth under way, as by Ctrl-C, and leaves nothing.

    Raises:
        MikazukiError: What `examine_build` raises, ``other-model``, ``base-weights-mismatch``, ``disk-full`` and
            ``not-writable``.
        KeyboardInterrupt: It was stopped.
    """
    found = examine_build(settings)
    lean_diffusers()
    events.emit("stage", name="build", text=f"writing {found.path}", total=HUNDREDTHS)
    model, progress = _model(settings, found), Progress(events, "build", stop)
    dtype = DTYPES.get(settings.save_precision or "")
    if found.path.suffix:
        metadata = _metadata(settings, found)
        save_checkpoint(found.path, model, dtype=dtype, metadata=metadata, progress=progress)
    else:
        save_folder(found.path, model, dtype=dtype, progress=progress)
    return {
        "path": found.path,
        "family": found.info.family,
        "bytes": sum(size_of(one) for one in found.files),
        "images": found.saved.images if found.saved else None,
    }


def _model(settings: BuildSettings, found: Build) -> WholeModel:
    """Return what is to be written: what was trained or merged into from memory, all else as it lies in its file."""
    saved, info = found.saved, found.info
    with tempfile.TemporaryDirectory(prefix="mikazuki-build-") as folder:
        loras = [Path(settings.lora)] if settings.lora else []
        if saved and saved.settings.method not in WHOLE:
            loras.append(_network_of(saved, info, Path(folder) / "network.safetensors", ema=settings.ema))
        texts = any(_has_texts(path) for path in loras)
        if saved and saved.settings.method in WHOLE:
            unet, encoders = _whole(saved, info, texts=texts if loras else None, ema=settings.ema)
        else:
            dtype = DTYPES.get(settings.save_precision or "") or _stored_as(info)
            unet, encoders = _base(info, saved, dtype, texts=texts)
        for path in loras:
            given = [encoder for encoder in encoders if encoder is not None]
            merge_weights(unet, given, family_of(info.family), path, settings.lora_weight)
    return WholeModel(
        family=family_of(info.family),
        prediction_type=info.prediction_type,
        unet=unet,
        text_encoders=encoders,
        vae=load.load_vae(info, dtype=torch.float32, vae_path=found.vae) if found.vae else None,
        source=info,
        zero_snr=saved is not None and saved.settings.zero_terminal_snr,
    )


def _has_texts(lora: Path) -> bool:
    """Tell whether a LoRA stands beside text encoders as well."""
    return any(not name.startswith(_OF_UNET) for name in file_shapes(lora))


def _base(
    info: ModelInfo, saved: SavedTraining | None, dtype: torch.dtype, *, texts: bool
) -> tuple[nn.Module, list[Any]]:
    """Load the base model with its training's base_weights in it; without ``texts`` its UNet alone, where that does."""
    texts = texts or (saved is not None and bool(saved.settings.base_weights))
    unet = load.load_unet(info, dtype=dtype)
    encoders = load.load_text_encoders(info, dtype=dtype) if texts else []
    if saved:
        merge_base_weights(unet, encoders, family_of(info.family), saved.settings)
    return unet, encoders


def _stored_as(info: ModelInfo) -> torch.dtype:
    """Return the number type of a base model's UNet."""
    tensors = checkpoint_tensors(WholeModel(family_of(info.family), info.prediction_type, source=info), None)
    return next(tensor.dtype for name, tensor in tensors.items() if name.startswith(UNET_PREFIX))


def _whole(
    saved: SavedTraining, info: ModelInfo, *, texts: bool | None, ema: bool
) -> tuple[nn.Module | None, list[Any]]:
    """Return UNet and text encoders with a state's weights; None for parts that nothing changed.

    ``texts`` says whether a LoRA that is to be merged changes text encoders; None: there is no LoRA.
    """
    with opened(saved.folder / WEIGHTS) as (read, names):
        trained = {name.partition(".")[0] for name in names}
        loaded = _loaded(saved, info, read(names[0]).dtype, texts=bool(texts) or trained != {"unet"})
        method = FullMethod(loaded)
        _fill(method, names, read, saved)
    _use(method, saved, ema=ema)
    all_changed = bool(saved.settings.base_weights)
    specs = zip(loaded.family.text_encoders, loaded.encoders, strict=False)
    return (
        loaded.unet if "unet" in trained or all_changed or texts is not None else None,
        [encoder if spec.folder in trained or all_changed or texts else None for spec, encoder in specs],
    )


def _loaded(saved: SavedTraining, info: ModelInfo, dtype: torch.dtype, *, texts: bool) -> Loaded:
    """Load the base model as the method found it, without what training alone needs."""
    family = family_of(info.family)
    unet, encoders = _base(info, saved, dtype, texts=texts)
    changes: dict[str, object] = {"gradient_checkpointing": False, "save_precision": None, "save_model_as": ""}
    if not saved.settings.dim_from_weights:
        # what the network began with is in the state as well
        changes["network_weights"] = None
    settings = saved.settings.on_family(info.family).model_copy(update=changes)
    return Loaded(unet, encoders, [], info, family, settings, NO_DATA, dtype)


def _network_of(saved: SavedTraining, info: ModelInfo, path: Path, *, ema: bool) -> Path:
    """Write the network of a state into a file and return it."""
    method = LoraMethod.on(_loaded(saved, info, torch.float32, texts=saved.settings.rate_of_text_encoder > 0))
    with opened(saved.folder / WEIGHTS) as (read, names):
        _fill(method, [name for name in method.weights() if name in names], read, saved)
    _use(method, saved, ema=ema)
    method.save(path, {})
    return path


class _Weights(Mapping[str, Tensor]):
    """Tensors of a file that are read when they are asked for."""

    def __init__(self, names: Sequence[str], read: Reader) -> None:
        self._names = names
        self._read = read

    def __getitem__(self, name: str) -> Tensor:
        return self._read(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def _fill(method: Learned, names: Sequence[str], read: Reader, saved: SavedTraining) -> None:
    """Set what was trained; raises MikazukiError ``other-model`` where it does not fit the base model."""
    try:
        method.load_weights(_Weights(names, read))
    except (RuntimeError, KeyError, SafetensorError) as error:
        raise _stranger(saved) from error


def _use(method: Learned, saved: SavedTraining, *, ema: bool) -> None:
    """Let the weights be those to use: the mean where it is asked for, and what a schedule-free optimizer averages."""
    if not ema and not is_schedule_free(saved.settings.optimizer):
        return
    learned = torch.load(saved.folder / OPTIMIZER, weights_only=True, map_location="cpu", mmap=True)
    parameters = [parameter for group in method.groups() for parameter in group["params"]]
    if ema:
        _set(parameters, learned["ema"]["means"], saved)
        return
    with _averaged(method, saved.settings, learned["optimizer"]):
        found = [parameter.detach().clone() for parameter in parameters]
    _set(parameters, found, saved)


@contextmanager
def _averaged(method: Learned, settings: TrainSettings, state: Mapping[str, Any]) -> Iterator[None]:
    optimizer = build_optimizer(settings.optimizer, settings.optimizer_args, method.groups())
    load_optimizer_state(optimizer, state)
    with averaged_weights(optimizer):
        yield


@torch.no_grad()
def _set(parameters: Sequence[Tensor], values: Sequence[Tensor], saved: SavedTraining) -> None:
    """Copy values into parameters; further ones, of words that were trained beside them, are passed over."""
    if any(one.shape != other.shape for one, other in zip(parameters, values, strict=False)):
        raise _stranger(saved)
    for parameter, value in zip(parameters, values, strict=False):
        parameter.copy_(value)


def _stranger(saved: SavedTraining) -> MikazukiError:
    return MikazukiError(
        "other-model",
        f"The weights of {saved.folder} do not fit the base model.",
        "Leave pretrained_model_name_or_path out, or name the model that this training began with.",
    )


def _metadata(settings: BuildSettings, found: Build) -> dict[str, str]:
    """Return what the file says of itself: ModelSpec's keys, and where it comes from a training, that training's."""
    saved, info = found.saved, found.info
    trained = saved.settings if saved else _of_base(info)
    changes: dict[str, object] = {"method": FINE_TUNE}
    if settings.lora:
        name = saved.folder.name if saved else info.path.name
        changes["metadata_merged_from"] = trained.metadata_merged_from or f"{name}, {Path(settings.lora).name}"
    changes["metadata_title"] = trained.metadata_title or found.path.stem
    spec = model_spec(trained.model_copy(update=changes), info, time.time())
    if saved is None or trained.no_metadata:
        return spec
    told = {
        "output_name": trained.output_name,
        "sd_model_name": info.path.name,
        "steps": saved.step,
        "epoch": saved.epoch,
        "seed": saved.seed,
        "learning_rate": trained.learning_rate,
        "optimizer": trained.optimizer,
        "ema_decay": trained.ema_decay if settings.ema else None,
        "training_comment": trained.training_comment,
    }
    return spec | {f"ss_{key}": str(value) for key, value in told.items() if value is not None}


def _of_base(info: ModelInfo) -> TrainSettings:
    """Return settings that say of a base model's file what is true of it."""
    values = {"pretrained_model_name_or_path": str(info.path), "train_data_dir": "-", "resolution": info.resolution}
    return TrainSettings.model_validate(values)


if __name__ == "__main__":
    sys.exit(run_program(BuildSettings, partial(build, stop=stop_file()), __doc__))
