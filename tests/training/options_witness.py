"""How one sees that an option acts: what differs from the plain run, what stays, and what appears."""

import re
from collections.abc import Callable
from typing import Any

import pytest
import torch

from tests.training import making
from tests.training.options_world import Seen

Witness = Callable[[Seen], None]

ROUNDING = 2e-2
"""What losses may differ by where an option computes the same in another way or in fewer digits."""


def changes(seen: Seen) -> None:
    """The option changes what is learned."""
    plain = seen.plain()
    assert not (seen.run.losses() == plain.losses() and making.same(seen.run.weights(), plain.weights()))


def changes_weights(seen: Seen) -> None:
    """The option changes what is learned, and leaves the first step's loss alone."""
    plain = seen.plain()
    assert seen.run.losses()[0] == plain.losses()[0]
    assert not making.same(seen.run.weights(), plain.weights())


def same(seen: Seen) -> None:
    """The option changes nothing, bit for bit."""
    plain = seen.plain()
    assert seen.run.losses() == plain.losses()
    assert making.same(seen.run.weights(), plain.weights())


def near(seen: Seen) -> None:
    """The option changes nothing but roundings."""
    assert seen.run.losses() == pytest.approx(seen.plain().losses(), rel=ROUNDING)


def rounds(seen: Seen) -> None:
    """The option changes nothing but roundings, and these it does change."""
    near(seen)
    changes(seen)


def all_of(*witnesses: Witness) -> Witness:
    """Ask several witnesses."""

    def ask(seen: Seen) -> None:
        for witness in witnesses:
            witness(seen)

    return ask


def told(**wanted: str) -> Witness:
    """The file's metadata say so; in names ``modelspec.`` is written ``modelspec_``; values are regular expressions."""

    def ask(seen: Seen) -> None:
        metadata = seen.run.metadata()
        for name, text in wanted.items():
            key = name.replace("modelspec_", "modelspec.")
            assert re.fullmatch(text, metadata[key]), f"{key}: {metadata[key]}"

    return ask


def files(*names: str, none: tuple[str, ...] = ()) -> Witness:
    """These files or folders lie in output_dir, and those in ``none`` do not."""

    def ask(seen: Seen) -> None:
        there = seen.names()
        assert set(names) <= there
        assert not set(none) & there

    return ask


def steps(count: int, first: int = 1) -> Witness:
    """The run has so many steps, beginning with ``first``."""

    def ask(seen: Seen) -> None:
        assert [event["step"] for event in seen.run.of("metric")] == list(range(first, first + count))

    return ask


def rates(*wanted: float, group: str = "unet") -> Witness:
    """The group's learning rates are these."""

    def ask(seen: Seen) -> None:
        assert seen.rates(group) == pytest.approx(wanted, rel=1e-5, abs=1e-12)

    return ask


def drawn_at(*places: int) -> Witness:
    """The prompts are drawn after these steps."""

    def ask(seen: Seen) -> None:
        assert [event["step"] for event in seen.run.of("sample") if event["index"] == 0] == list(places)

    return ask


def validated(by: str, *places: int) -> Witness:
    """Held-back pictures are measured after these steps."""

    def ask(seen: Seen) -> None:
        assert seen.validations(by) == list(places)

    return ask


def modules(pattern: str) -> Witness:
    """The trained modules are those whose name begins so."""

    def ask(seen: Seen) -> None:
        names = {name.partition(".")[0] for name in seen.run.weights()}
        assert names
        assert all(re.match(pattern, name) for name in names)

    return ask


def ranks(count: int) -> Witness:
    """Every module has this rank."""

    def ask(seen: Seen) -> None:
        downs = [t for name, t in seen.run.weights().items() if name.endswith("lora_down.weight")]
        assert {down.shape[0] for down in downs} == {count}

    return ask


def stored_as(dtype: torch.dtype) -> Witness:
    """The file's tensors are of this type."""

    def ask(seen: Seen) -> None:
        assert {tensor.dtype for tensor in seen.run.weights().values()} == {dtype}

    return ask


def begins(**wanted: Any) -> Witness:
    """The event that begins the training says so."""

    def ask(seen: Seen) -> None:
        (stage,) = [event for event in seen.run.of("stage") if event["name"] == "train"]
        assert {name: stage[name] for name in wanted} == wanted

    return ask
