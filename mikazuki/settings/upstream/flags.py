"""Every option of every training in one class, so that any of them can be a flag before it is known what is trained."""

from functools import cache
from typing import Any, Final

from pydantic import create_model

from mikazuki.settings.base import Settings
from mikazuki.settings.train import TrainSettings
from mikazuki.settings.upstream.launch import LaunchSettings
from mikazuki.settings.upstream.options import COMMAND_LINE, Option, options_of
from mikazuki.settings.upstream.scripts import SCRIPTS

KINDS: Final[dict[str, Any]] = {"int": int, "float": float, "int_or_float": float}
"""Names of upstream's kinds of value -> types; the others are text."""


@cache
def any_training() -> type[Settings]:
    """Return the class: ours as they are, then the launcher's keys and upstream's options by name and kind alone.

    It reads a command line and checks nothing: what the words mean is up to the definition of what is trained.
    """
    theirs = {
        name: _type(option)
        for script in SCRIPTS.values()
        if script.trains
        for name, option in options_of(script.name).items()
        if name not in COMMAND_LINE
    }
    launch = {name: field.annotation for name, field in LaunchSettings.model_fields.items()}
    new: dict[str, Any] = {
        name: (kind, None) for name, kind in {**theirs, **launch}.items() if name not in TrainSettings.model_fields
    }
    return create_model("AnyTraining", __base__=TrainSettings, **new)


def _type(option: Option) -> Any:
    if option.is_switch:
        return bool
    kind = KINDS.get(option.type, str)
    return list[kind] if option.is_list else kind  # type: ignore[valid-type]
