"""The method hypernetwork: small networks change what the keys and values of every attention are made of."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final

from torch import Tensor, nn

from mikazuki.errors import MikazukiError
from mikazuki.models.hypernetwork_spec import PARTS, SETTING, HypernetworkSpec
from mikazuki.models.hypernetworks import (
    ContextNetwork,
    Hypernetwork,
    HypernetworkFile,
    read_hypernetwork,
    save_hypernetwork,
)
from mikazuki.training.conditions import Conditioner
from mikazuki.training.methods import Loaded, without_dropout
from mikazuki.training.networks import NormReport

INPUTS: Final = ("to_k", "to_v")
"""What diffusers calls the layers before which `PARTS` stand."""


class HypernetworkMethod:
    """A hypernetwork in training, before the frozen attention of a UNet; its text encoders never learn."""

    trains_text = False

    def __init__(self, loaded: Loaded) -> None:
        """Put networks before the attention's layers: new ones, or those of the file hypernetwork_weights.

        Raises MikazukiError ``hypernetwork-width``, and what `read_hypernetwork` raises.
        """
        self._settings = loaded.settings
        there = tuple(sorted({layer.in_features for layer, _ in attention_layers(loaded.unet)}))
        path = self._settings.hypernetwork_weights
        started = read_hypernetwork(Path(path)) if path else None
        widths = check_widths(started, self._settings.hypernetwork_sizes, there)
        self._spec = started.spec if started else HypernetworkSpec.of(self._settings)
        self._steps_before = started.step if started else 0
        self._network = Hypernetwork(widths, self._spec)
        if started:
            self._network.load_state_dict(dict(started.tensors))
        # drawn on the CPU, so that every machine begins with the same numbers
        self._network.to(next(loaded.unet.parameters()).device, loaded.dtype)
        attach(self._network, loaded.unet)

    def conditioned(self, condition: Conditioner) -> Conditioner:
        """Return it as it is."""
        return condition

    def begin_step(self, step: int) -> None:
        """Do nothing: a hypernetwork learns all the way."""

    def groups(self) -> list[dict[str, Any]]:
        """Return the optimizer's one group."""
        rate = self._settings.learning_rate
        return [{"name": "hypernetwork", "params": self.parameters(), "lr": rate, "base_lr": rate}]

    def parameters(self) -> list[nn.Parameter]:
        """Return everything trained, in an order that does not change."""
        return list(self._network.parameters())

    def limit_norms(self) -> NormReport | None:
        """Return None: no option limits the norms of these."""
        return None

    def counts(self) -> tuple[int, int]:
        """Return how many networks learn, two for each width, and how many numbers."""
        return len(PARTS) * len(self._network), sum(one.numel() for one in self.parameters())

    def weights(self) -> Mapping[str, Tensor]:
        """Return the tensors by the names of a file."""
        return {name: tensor.detach().cpu() for name, tensor in self._network.state_dict().items()}

    def load_weights(self, weights: Mapping[str, Tensor]) -> None:
        """Set the tensors; raises MikazukiError ``other-run`` where they are of another structure."""
        try:
            self._network.load_state_dict(dict(weights))
        except RuntimeError as error:
            raise MikazukiError(
                "other-run",
                "resume: the state's hypernetwork is of another structure.",
                "Give the hypernetwork's settings the values of that run, or leave resume empty to begin anew.",
            ) from error

    def save(self, path: Path, metadata: dict[str, str]) -> None:
        """Write the file; steps, name and base model, which ``metadata`` tells, stand in its own fields."""
        own = {key: metadata.get(key) for key in ("name", "sd_checkpoint", "sd_checkpoint_name")}
        file = HypernetworkFile(
            self._spec,
            self.weights(),
            step=self._steps_before + int(metadata.get("step", 0)),
            info=metadata.get("modelspec.description"),
            **own,
        )
        save_hypernetwork(path, file, metadata, self._settings.save_precision)

    def evaluating(self) -> AbstractContextManager[None]:
        """Switch dropout off for a while."""
        return without_dropout(self._network)

    @contextmanager
    def at_strength(self, strength: float) -> Iterator[None]:
        """Let the networks add times ``strength`` for a while; 0 leaves the base model as it was, bit for bit."""
        before = self._network.strength
        self._network.strength = strength
        try:
            yield
        finally:
            self._network.strength = before

    def switched_off(self) -> AbstractContextManager[None]:
        """Let the base model be as it was for a while."""
        return self.at_strength(0.0)


def attention_layers(unet: nn.Module) -> list[tuple[nn.Linear, int]]:
    """Return the layers that make keys (0) and values (1) in every attention of a UNet."""
    found = []
    for name, module in unet.named_modules():
        last = name.rpartition(".")[2]
        if last in INPUTS and isinstance(module, nn.Linear):
            found.append((module, INPUTS.index(last)))
    return found


def attach(network: Hypernetwork, unet: nn.Module) -> None:
    """Let what the attention of a UNet takes pass the network first, where it has one for the width.

    Hooks do it, which leave every kind of attention (torch's own, sliced, xformers) and checkpointing to themselves.
    """
    for layer, number in attention_layers(unet):
        if layer.in_features in network.widths:
            part = network.part(layer.in_features, number)
            layer.register_forward_pre_hook(partial(_through, network, part))


def check_widths(started: HypernetworkFile | None, asked: tuple[int, ...], there: tuple[int, ...]) -> tuple[int, ...]:
    """Return the widths to train: those of the file to start from, else those asked for, else all there are.

    Raises MikazukiError ``hypernetwork-width`` where the base model has no attention of a width, or the file to start
    from has no network of a width that was asked for.
    """
    has = f"the base model's attention has {_listed(there)}"
    if started:
        _refuse(set(asked) - set(started.widths), "hypernetwork_sizes", f"{SETTING} has {_listed(started.widths)}")
        _refuse(set(started.widths) - set(there), SETTING, has)
        return started.widths
    _refuse(set(asked) - set(there), "hypernetwork_sizes", has)
    return tuple(sorted(set(asked))) or there


def _through(
    network: Hypernetwork, part: ContextNetwork, _layer: nn.Module, inputs: tuple[Tensor]
) -> tuple[Tensor] | None:
    """Change what a layer takes; at strength 0 nothing is computed."""
    return (part(*inputs, strength=network.strength),) if network.strength else None


def _listed(widths: Iterable[int]) -> str:
    return ", ".join(map(str, sorted(widths)))


def _refuse(odd: set[int], option: str, has: str) -> None:
    if odd:
        raise MikazukiError(
            "hypernetwork-width",
            f"{option}: there is nothing of width {_listed(odd)}: {has}.",
            "Leave hypernetwork_sizes empty for all that the base model has, and start from a file of its family.",
        )
