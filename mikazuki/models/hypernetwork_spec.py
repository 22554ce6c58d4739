"""How a hypernetwork is built: layers, names and shapes as the classic web UI has them; no tensors."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final, Literal

from mikazuki.errors import MikazukiError
from mikazuki.models.classify import hypernetwork_widths
from mikazuki.models.identify import file_shapes, not_found
from mikazuki.settings.options.hypernetwork import HypernetworkSettings

Shapes = Mapping[str, tuple[int, ...]]

SETTING: Final = "hypernetwork_weights"
PARTS: Final = ("keys", "values")
"""What the two networks of a width stand before: in a file they are numbers 0 and 1."""
OLD_NAMES: Final[Mapping[str, str]] = {"linear1.": "linear.0.", "linear2.": "linear.1."}
"""Names of the first files, which had two layers and nothing between them."""
USUAL_SHARE: Final = 0.3
"""What files drop that say only that they do."""
_INPUT: Final = re.compile(r"(?:.+\.)?to_k\.weight")


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of a network: ``shape`` is that of its weight, ``share`` what a dropout drops (0 to 1)."""

    kind: Literal["linear", "activation", "norm", "dropout"]
    shape: tuple[int, ...] = ()
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class HypernetworkSpec:
    """The structure of every network of a file.

    ``widths`` are multiples of the attention's width, the input's first. ``shares`` has one number for each of them,
    of what is dropped behind it, or none at all.
    """

    widths: tuple[float, ...] = (1.0, 2.0, 1.0)
    activation: str = "linear"
    weight_init: str = "Normal"
    layer_norm: bool = False
    activate_output: bool = False
    shares: tuple[float, ...] = ()

    @classmethod
    def of(cls, settings: HypernetworkSettings) -> "HypernetworkSpec":
        """Return what the settings ask for."""
        return cls(
            widths=_numbers(settings.hypernetwork_layer_structure),
            activation=settings.hypernetwork_activation,
            weight_init=settings.hypernetwork_weight_init,
            layer_norm=settings.hypernetwork_layer_norm,
            activate_output=settings.hypernetwork_activate_output,
            shares=_numbers(settings.hypernetwork_dropout_structure or ""),
        )

    @property
    def drops(self) -> bool:
        """Whether anything is dropped."""
        return any(self.shares)

    def layers(self, width: int) -> Iterator[Layer]:
        """Yield the layers of one network, in the order that their numbers in a file follow."""
        last = len(self.widths) - 1
        for place, (before, after) in enumerate(pairwise(self.widths), start=1):
            yield Layer("linear", (int(width * after), int(width * before)))
            if self.activation != "linear" and (place < last or self.activate_output):
                yield Layer("activation")
            if self.layer_norm:
                yield Layer("norm", (int(width * after),))
            if self.shares and self.shares[place]:
                yield Layer("dropout", share=self.shares[place])

    def shapes(self, width: int) -> dict[str, tuple[int, ...]]:
        """Return name -> shape of one network's tensors: ``linear.0.weight`` and so on."""
        found: dict[str, tuple[int, ...]] = {}
        for number, layer in enumerate(self.layers(width)):
            if layer.shape:
                found |= {f"linear.{number}.weight": layer.shape, f"linear.{number}.bias": layer.shape[:1]}
        return found


def older_shares(layers: int, *, drops: bool, before_last: bool) -> tuple[float, ...]:
    """Return the shares of a file of ``layers`` widths that only tells that it drops, and whether before its last."""
    if not drops:
        return ()
    middle = [USUAL_SHARE] * (layers - 2)
    if middle and not before_last:
        middle[-1] = 0.0
    return (0.0, *middle, 0.0)


def file_shapes_of(spec: HypernetworkSpec, widths: tuple[int, ...]) -> dict[str, tuple[int, ...]]:
    """Return name -> shape of a whole file: width, number of the part (`PARTS`), and the tensor's own name."""
    return {
        f"{width}.{part}.{name}": shape
        for width in widths
        for part in range(len(PARTS))
        for name, shape in spec.shapes(width).items()
    }


def attention_widths(unet: Shapes) -> tuple[int, ...]:
    """Return the widths that the attention of a UNet takes, those of the text among them, smallest first."""
    return tuple(sorted({shape[-1] for name, shape in unet.items() if _INPUT.fullmatch(name)}))


def check_hypernetwork(path: Path, setting: str = SETTING) -> tuple[int, ...]:
    """Return the widths of a hypernetwork file from its header.

    Raises MikazukiError ``model-not-found``, ``not-a-hypernetwork`` and what reading headers raises.
    """
    if not path.is_file():
        raise not_found(path, setting)
    widths = hypernetwork_widths(file_shapes(path))
    if not widths:
        raise not_a_hypernetwork(path, "it holds no networks by width, such as 768", setting)
    return widths


def not_a_hypernetwork(path: Path, why: str, setting: str = SETTING) -> MikazukiError:
    """Return the error for a file that is none, or one that is not understood."""
    return MikazukiError(
        "not-a-hypernetwork",
        f"{path} is no hypernetwork that can be read: {why}.",
        f"Choose a hypernetwork file (.pt or .safetensors) for {setting}.",
    )


def _numbers(text: str) -> tuple[float, ...]:
    return tuple(float(part) for part in text.split(",")) if text else ()
