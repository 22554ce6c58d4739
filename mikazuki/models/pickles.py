"""Reads names and shapes out of a torch checkpoint (.ckpt, .pt, .bin) without running anything that is in it.

The pickle inside is read by an unpickler that knows only stand-ins: no name in the file ever reaches an import, and
a name outside the list that ``torch.load(weights_only=True)`` accepts ends the reading.
"""

import pickle
import re
import zipfile
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, Any, Final

from mikazuki.errors import MikazukiError

MAX_PICKLE_BYTES: Final = 256_000_000
"""A checkpoint's pickle holds names and shapes only, a few hundred kilobytes; tensors lie beside it."""
LEGACY_MAGIC: Final = 0x1950A86A20F9469CFC6C
"""First number of torch's format from before 1.6: a row of pickles instead of a zip."""
LEGACY_PREAMBLE: Final = 3

_PLAIN: Final[dict[str, Any]] = {"collections.OrderedDict": OrderedDict, "builtins.set": set, "torch.Size": tuple}
_REBUILD_TENSOR: Final = {"torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2"}
_REBUILD_PARAMETER: Final = {"torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state"}
_ALLOWED: Final = re.compile(
    r"torch\.(cuda\.)?[A-Z][A-Za-z0-9]*(Storage|Tensor)|torch\.Tensor|torch\.device"
    r"|torch\.storage\.(Typed|Untyped)Storage|torch\.nn\.parameter\.Parameter"
    r"|torch\.(b?float|u?int|q?u?int|complex)[0-9a-z_]*|torch\.bool|torch\.serialization\._get_layout"
    r"|torch\._utils\._rebuild_[a-z0-9_]+|torch\._tensor\._rebuild_from_type_v2"
    r"|collections\.Counter|_codecs\.encode|builtins\.(bytearray|complex)"
)


@dataclass(frozen=True, slots=True)
class PickledTensor:
    """Stands for a tensor: only its shape is known."""

    shape: tuple[int, ...]


class _StandIn:
    """Stands for a name in the pickle: calling it calls ``make``, and no state that the pickle sets reaches it."""

    __slots__ = ("_make",)

    def __init__(self, make: Callable[..., object] | None = None) -> None:
        self._make = make

    def __call__(self, *args: object) -> object:
        return self._make(*args) if self._make else _StandIn()

    def __setstate__(self, _: object) -> None:
        """Take whatever the pickle sets and forget it."""


def _rebuild_tensor(_storage: object, _offset: object, shape: Any, *_: object) -> PickledTensor:
    return PickledTensor(tuple(int(side) for side in shape))


def _rebuild_parameter(data: object, *_: object) -> object:
    return data


class UnsafePickleError(Exception):
    """The pickle names a callable that is not on the list: ``str(error)`` is that name."""


class _StandIns(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        full = f"{module.replace('__builtin__', 'builtins')}.{name}"
        if full in _PLAIN:
            return _StandIn(_PLAIN[full])
        if full in _REBUILD_TENSOR:
            return _StandIn(_rebuild_tensor)
        if full in _REBUILD_PARAMETER:
            return _StandIn(_rebuild_parameter)
        if _ALLOWED.fullmatch(full):
            return _StandIn()
        raise UnsafePickleError(full)

    def persistent_load(self, _: object) -> object:
        return _StandIn()


def read_shapes(path: Path) -> dict[str, tuple[int, ...]]:
    """Return name -> shape of the tensors in the checkpoint ``path``; names below ``state_dict`` come without it.

    Raises MikazukiError ``unsafe-pickle`` when the file holds code, ``truncated`` or ``not-a-model`` when it cannot
    be read.
    """
    try:
        content = _read(path)
    except UnsafePickleError as error:
        raise MikazukiError(
            "unsafe-pickle",
            f"{path} is refused: beside weights it holds code or objects of other programs ({error}), which would run "
            "when it is loaded.",
            "Use the .safetensors version of this model.",
        ) from error
    except EOFError as error:
        raise _broken(path, "truncated", "it ends too early") from error
    except (pickle.UnpicklingError, zipfile.BadZipFile, KeyError) as error:
        code = "truncated" if zipfile_begins(path) else "not-a-model"
        raise _broken(path, code, "it is no readable torch checkpoint") from error
    except (ValueError, TypeError, AttributeError, IndexError, ImportError, OverflowError, UnicodeDecodeError) as error:
        raise _broken(path, "not-a-model", "it is no torch checkpoint") from error
    return dict(_tensors(content))


def zipfile_begins(path: Path) -> bool:
    """Tell whether the file starts as a zip does, which is what torch has written since 1.6."""
    with path.open("rb") as file:
        return file.read(4) == b"PK\x03\x04"


def _read(path: Path) -> object:
    if not zipfile_begins(path):
        with path.open("rb") as file:
            return _read_legacy(file)
    with zipfile.ZipFile(path) as archive:
        inside = next((entry for entry in archive.infolist() if entry.filename.endswith("/data.pkl")), None)
        if inside is None:
            raise pickle.UnpicklingError("no data.pkl")
        if inside.file_size > MAX_PICKLE_BYTES:
            raise pickle.UnpicklingError("too large")
        return _StandIns(BytesIO(archive.read(inside))).load()


def _read_legacy(file: IO[bytes]) -> object:
    magic = _StandIns(file).load()
    if magic != LEGACY_MAGIC:
        raise pickle.UnpicklingError("another pickle")
    for _ in range(LEGACY_PREAMBLE - 1):
        _StandIns(file).load()
    return _StandIns(file).load()


def _tensors(content: object) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Walk dictionaries and rows, whose items are named by number; a key that only wraps the weights is left out."""
    if isinstance(content, (tuple, list)):
        content = dict(enumerate(content))
    if not isinstance(content, dict):
        return
    inner = dict.get(content, "state_dict", content)
    for name, value in dict.items(inner) if isinstance(inner, dict) else ():
        if isinstance(value, PickledTensor):
            yield str(name), value.shape
        elif isinstance(value, (dict, tuple, list)):
            yield from ((f"{name}.{below}", shape) for below, shape in _tensors(value))


def _broken(path: Path, code: str, why: str) -> MikazukiError:
    return MikazukiError(
        code, f"{path} cannot be read: {why}.", "Fetch the file again, or use a .safetensors version of the model."
    )
