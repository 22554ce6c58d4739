"""Opens files of weights for reading one tensor at a time: .safetensors mapped into memory, or a torch checkpoint."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from mikazuki.models.headers import looks_like_safetensors
from mikazuki.models.pickles import read_shapes, zipfile_begins

Reader = Callable[[str], Tensor]

_mapped: ContextVar[bool] = ContextVar("mapped", default=True)


@contextmanager
def mapping(*, on: bool) -> Iterator[None]:
    """Say for a while whether files are mapped into memory or read whole."""
    token = _mapped.set(on)
    try:
        yield
    finally:
        _mapped.reset(token)


@contextmanager
def opened(path: Path) -> Iterator[tuple[Reader, list[str]]]:
    """Give a function that reads a tensor by name, and the names, of the file at ``path``; both are lazy.

    A torch checkpoint's names are checked first and it is loaded with ``weights_only``: nothing in it runs.
    """
    if looks_like_safetensors(path) and not _mapped.get():
        from safetensors.torch import load

        tensors = load(path.read_bytes())
        yield tensors.__getitem__, list(tensors)
        return
    if looks_like_safetensors(path):
        from safetensors import safe_open

        with safe_open(path, framework="pt") as file:
            yield file.get_tensor, list(file.keys())
        return
    read_shapes(path)
    content = torch.load(path, map_location="cpu", weights_only=True, mmap=_mapped.get() and zipfile_begins(path))
    # a file may also hold a tensor alone, or a list: nothing that has a name
    state = dict(_flat(content.get("state_dict", content))) if isinstance(content, dict) else {}
    yield state.__getitem__, list(state)


@contextmanager
def opened_all(paths: Iterable[Path]) -> Iterator[tuple[Reader, list[str]]]:
    """Give one reader over several files, as large parts are split."""
    with ExitStack() as stack:
        readers: dict[str, Reader] = {}
        for path in paths:
            read, names = stack.enter_context(opened(path))
            readers |= dict.fromkeys(names, read)
        yield (lambda name: readers[name](name)), list(readers)


def _flat(content: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Tensor]]:
    for name, value in content.items():
        if isinstance(value, Tensor):
            yield f"{prefix}{name}", value
        elif isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
