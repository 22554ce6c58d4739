"""Writes a base model in another layout, number type or file format: ``--config_file FOLDER/config.toml``."""

import sys
from functools import partial
from pathlib import Path
from typing import Any, Final

import torch

from mikazuki.events import EventWriter
from mikazuki.files import size_of
from mikazuki.models.conversion import becomes_file, examine_conversion, left_out, metadata_of, outputs
from mikazuki.models.export import WholeModel, save_checkpoint, save_folder
from mikazuki.models.families import family_of
from mikazuki.models.identify import ModelInfo, read_json
from mikazuki.models.lean import lean_diffusers
from mikazuki.settings.convert import ConvertSettings
from mikazuki.tools.program import run_program, stop_file

DTYPES: Final = {"float": torch.float32, "fp16": torch.float16, "bf16": torch.bfloat16}
"""Number types by the names that `save_precision` has for them."""
HUNDREDTHS: Final = 100


def convert(settings: ConvertSettings, events: EventWriter, stop: Path | None = None) -> dict[str, Any]:
    """Convert; return where to, and how many tensors were left out because they belong to no part.

    Args:
        settings: What is asked for.
        events: Told how far it is.
        stop: When this file exists the work ends after the hundredth under way, as by Ctrl-C, and leaves nothing.

    Raises:
        MikazukiError: What `examine_conversion` raises, ``disk-full`` and ``not-writable``.
        KeyboardInterrupt: It was stopped.
    """
    info = examine_conversion(settings)
    path, dtype = Path(settings.model_to_save), DTYPES.get(settings.save_precision or "")
    events.emit("stage", name="convert", text=f"writing {path}", total=HUNDREDTHS)
    model, progress = _model(settings, info), Progress(events, "convert", stop)
    if becomes_file(path):
        save_checkpoint(path, model, dtype=dtype, metadata=metadata_of(info), progress=progress)
    else:
        save_folder(path, model, dtype=dtype, progress=progress)
    means, others = left_out(info)
    return {
        "path": path,
        "family": info.family,
        "bytes": sum(size_of(one) for one in outputs(path, info)),
        "means_left_out": 0 if settings.ema else means,
        "others_left_out": others,
    }


class Progress:
    """Tells of whole hundredths, each once, and looks then whether an end is asked for."""

    def __init__(self, events: EventWriter, stage: str, stop: Path | None) -> None:
        """Tell of a stage; the file ``stop`` asks for an end."""
        self._events = events
        self._stage = stage
        self._stop = stop
        self._told = 0

    def __call__(self, share: float) -> None:
        """Tell how much is done, 0 to 1; raises KeyboardInterrupt where an end is asked for."""
        done = int(share * HUNDREDTHS)
        if done > self._told:
            self._told = done
            self._events.emit("stage_progress", name=self._stage, done=done, total=HUNDREDTHS)
            if self._stop is not None and self._stop.exists():
                raise KeyboardInterrupt


def _model(settings: ConvertSettings, info: ModelInfo) -> WholeModel:
    vae = None
    if settings.vae is not None:
        lean_diffusers()
        from mikazuki.models.load import load_vae

        vae = load_vae(info, dtype=DTYPES.get(settings.save_precision or "", torch.float32), vae_path=settings.vae)
    return WholeModel(
        family_of(info.family),
        info.prediction_type,
        vae=vae,
        source=info,
        zero_snr=_to_pure_noise(info),
        ema=settings.ema,
    )


def _to_pure_noise(info: ModelInfo) -> bool:
    """Tell whether a model says that it was trained down to pure noise."""
    if info.layout == "single":
        return "ztsnr" in info.shapes
    scheduler = info.path / "scheduler" / "scheduler_config.json"
    return scheduler.is_file() and bool(read_json(scheduler).get("rescale_betas_zero_snr"))


if __name__ == "__main__":
    sys.exit(run_program(ConvertSettings, partial(convert, stop=stop_file()), __doc__))
