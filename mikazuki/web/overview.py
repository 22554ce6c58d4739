"""What the page must know before it draws anything."""

import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mikazuki import __version__
from mikazuki.engines.contract import Engine
from mikazuki.engines.registry import ENGINES
from mikazuki.web.answers.studio import EngineState, Root, StudioAnswer

if TYPE_CHECKING:
    from mikazuki.web.studio import Studio

LANGUAGES: Final = ("en", "zh-CN")


def overview(studio: "Studio") -> StudioAnswer:
    """Return the studio as it is now."""
    paths = studio.paths
    wanted = studio.chosen().language or studio.language
    return StudioAnswer(
        version=__version__,
        language=next((one for one in LANGUAGES if one == wanted), None),
        engines=[engine_state(engine) for engine in ENGINES],
        roots=[Root(path=str(path), name=name, writable=_is_writable(path)) for path, name in studio.named_roots()],
        folders={
            "train": str(paths.train.absolute()),
            "sd-models": str(paths.models.absolute()),
            "output": str(paths.output.absolute()),
            "logs": str(paths.logs.absolute()),
            "config": str(paths.config.absolute()),
        },
        queue_paused=studio.queue.paused,
        tensorboard=find_spec("tensorboard") is not None,
    )


def _is_writable(path: Path) -> bool:
    """Say whether something can be put there; a folder that is not there yet must be possible to make."""
    there = next((one for one in (path, *path.parents) if one.exists()), path)
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)


def engine_state(engine: Engine) -> EngineState:
    """Return one engine as it is answered."""
    found = engine.available()
    return EngineState(
        name=engine.name,
        ok=found.ok,
        reason=found.reason,
        remedy=found.remedy,
        methods=list(engine.methods),
        families=list(engine.families),
    )
