"""What a class of your own derives from to find a training's pictures in a way of its own: option dataset_class."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from mikazuki.errors import MikazukiError
from mikazuki.settings.train import TrainSettings


@dataclass(frozen=True, slots=True)
class SourcePicture:
    """One picture of a source.

    `caption` is used as a caption file's text would be; with enable_wildcard it may have several lines. `repeats` is
    how often an epoch shows it, 1 or more; `mask` a picture of the same size that weighs its loss (masked_loss).
    """

    path: Path
    caption: str = ""
    repeats: int = 1
    is_reg: bool = False
    mask: Path | None = None


class PictureSource(ABC):
    """Finds the pictures of a training. Derive from it, and name your class as `module.Class` in dataset_class.

    The module is imported from the folder that the training is started in, or from any installed package. It is
    asked once before a training and once in each of its processes, and must give the same pictures every time::

        class Album(PictureSource):
            def pictures(self):
                for path in sorted(Path(self.settings.train_data_dir).glob("*/best/*.jpg")):
                    yield SourcePicture(path, caption=path.parent.parent.name)
    """

    def __init__(self, settings: TrainSettings) -> None:
        """Keep the settings of the training."""
        self.settings = settings

    @abstractmethod
    def pictures(self) -> Iterable[SourcePicture]:
        """Return the pictures in order."""


def load_source(name: str, settings: TrainSettings) -> PictureSource:
    """Make the source that `name` (`module.Class`) means; raises MikazukiError (`dataset-class-wrong`)."""
    module_name, _, class_name = name.rpartition(".")
    if not module_name:
        raise _wrong(name, "it is not written module.Class")
    try:
        found = getattr(import_module(module_name), class_name, None)
    except ImportError as error:
        raise _wrong(name, f"its module cannot be imported: {error}") from error
    if found is None:
        raise _wrong(name, f"the module {module_name} has no {class_name}")
    if not (isinstance(found, type) and issubclass(found, PictureSource)):
        raise _wrong(name, "it does not derive from mikazuki.data.source.PictureSource")
    if found.__abstractmethods__:
        raise _wrong(name, "it lacks the method pictures")
    return found(settings)


def _wrong(name: str, reason: str) -> MikazukiError:
    return MikazukiError(
        "dataset-class-wrong",
        f"dataset_class {name} cannot be used: {reason}.",
        "Name a class as module.Class that derives from mikazuki.data.source.PictureSource; the module lies in the "
        "folder that the training is started in.",
    )
