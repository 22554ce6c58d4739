"""Methods that train the base model's own weights: dreambooth (one subject's folders) and fine_tune (captions)."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any, Final

import torch
from torch import Tensor, nn

from mikazuki.errors import MikazukiError
from mikazuki.models import keys, load
from mikazuki.models.export import WholeModel, save_checkpoint, save_folder
from mikazuki.models.families import Family
from mikazuki.settings.dataset_lookup import PRESERVED
from mikazuki.settings.rates import rest_step
from mikazuki.settings.train import TrainSettings
from mikazuki.training.conditions import Condition, Conditioner
from mikazuki.training.methods import Loaded, refuse_strengths
from mikazuki.training.networks import NormReport, merge_base_weights

FORMATS: Final = {"float": torch.float32, "fp16": torch.float16, "bf16": torch.bfloat16}
_FIRST_MIDDLE: Final = 10
_FIRST_OUTPUT: Final = 13
_END: Final = 22
"""Numbers of block_lr at which the middle, the output blocks and the end begin."""


class FullMethod:
    """The base model in training: its UNet, and its text encoders where they have rates.

    What is trained is of the type it was loaded in: fp32, but for full_fp16 and full_bf16.
    """

    def __init__(self, loaded: Loaded) -> None:
        """Wake the parts that have rates; a copy of what they were is kept where the loss asks for it.

        Raises MikazukiError ``no-strength`` where a dataset asks for a strength, which whole models do not have, and
        ``not-sdxl`` where block_lr is set for another family.
        """
        _check(loaded)
        self._loaded = loaded
        self._settings = loaded.settings
        self._rests_at = rest_step(loaded.settings, loaded.plan.max_train_epochs, loaded.plan.steps_before)
        self._resting = False
        self._parts = _trained_parts(loaded)
        self._groups = _groups(loaded, self._parts)
        self._trained: list[nn.Parameter] = [parameter for group in self._groups for parameter in group["params"]]
        for parameter in self._trained:
            parameter.requires_grad = True
        self._texts = [model for name, model in self._parts.items() if name != "unet"]
        self._wake_texts()
        self.trains_text = bool(self._texts)
        self._base = [parameter.detach().clone() for parameter in self._trained] if keeps_base(loaded) else None

    def _wake_texts(self) -> None:
        """Set the text encoders' checkpointing, which transformers look for in training mode only; nothing drops."""
        if self._settings.gradient_checkpointing:
            for encoder in self._texts:
                encoder.gradient_checkpointing_enable({"use_reentrant": False})
                encoder.train()

    def conditioned(self, condition: Conditioner) -> Conditioner:
        """Return what encodes texts, without gradients while the text encoders rest.

        Frozen weights alone are not enough: checkpointing lets transformers want gradients of what goes in.
        """

        def encode(texts: list[str]) -> Condition:
            with torch.set_grad_enabled(torch.is_grad_enabled() and not self._resting):
                return condition(texts)

        return encode

    def begin_step(self, step: int) -> None:
        """Let the text encoders rest once their step is reached."""
        self._resting = self._rests_at is not None and step >= self._rests_at
        if self._resting:
            for encoder in self._texts:
                encoder.requires_grad_(requires_grad=False)

    def groups(self) -> list[dict[str, Any]]:
        """Return the optimizer's groups with their own rates: the UNet or its blocks, then each text encoder."""
        return [{**group, "base_lr": group["lr"]} for group in self._groups]

    def parameters(self) -> list[nn.Parameter]:
        """Return everything trained, in an order that does not change."""
        return list(self._trained)

    def limit_norms(self) -> NormReport | None:
        """Return None: there is nothing beside the base model whose norm could be limited."""
        return None

    def counts(self) -> tuple[int, int]:
        """Return how many modules with weights and how many parameters are trained."""
        trained = {id(parameter) for parameter in self._trained}
        modules = (module for part in self._parts.values() for module in part.modules())
        own = sum(any(id(one) in trained for one in module.parameters(recurse=False)) for module in modules)
        return own, sum(parameter.numel() for parameter in self._trained)

    def weights(self) -> Mapping[str, Tensor]:
        """Return every weight of the parts that are trained: part, then the name in it."""
        return {
            f"{part}.{name}": tensor.detach()
            for part, model in self._parts.items()
            for name, tensor in model.named_parameters()
        }

    @torch.no_grad()
    def load_weights(self, weights: Mapping[str, Tensor]) -> None:
        """Set every weight of the parts that are trained."""
        for part, model in self._parts.items():
            for name, tensor in model.named_parameters():
                tensor.copy_(weights[f"{part}.{name}"])

    def save(self, path: Path, metadata: dict[str, str]) -> None:
        """Write the whole model: one file in the original layout, or a diffusers folder."""
        settings = self._settings
        dtype = FORMATS[settings.save_precision] if settings.save_precision else None
        if settings.file_ending:
            save_checkpoint(path, self._whole(), dtype=dtype, metadata=metadata)
        else:
            save_folder(path, self._whole(), dtype=dtype)

    def _whole(self) -> WholeModel:
        """Return what is to be written: parts that nothing changed come from the base model's own file."""
        settings, loaded = self._settings, self._loaded
        parts: Mapping[str, Any] = self._changed_parts() if settings.base_weights else self._parts
        return WholeModel(
            family=loaded.family,
            prediction_type=loaded.info.prediction_type,
            unet=parts.get("unet"),
            text_encoders=[parts.get(spec.folder) for spec in loaded.family.text_encoders],
            vae=load.load_vae(loaded.info, dtype=torch.float32, vae_path=settings.vae) if settings.vae else None,
            source=loaded.info,
            zero_snr=settings.zero_terminal_snr,
        )

    def _changed_parts(self) -> Mapping[str, Any]:
        """Return every part that base_weights or the training changed; encoders that were freed are made again."""
        loaded = self._loaded
        encoders = loaded.encoders
        if not encoders:
            encoders = load.load_text_encoders(loaded.info, dtype=loaded.dtype)
            merge_base_weights(None, encoders, loaded.family, self._settings)
        return {"unet": loaded.unet, **_by_folder(encoders, loaded.family)}

    def evaluating(self) -> AbstractContextManager[None]:
        """Return a context that changes nothing: no part of these models drops anything."""
        return nullcontext()

    def at_strength(self, strength: float) -> AbstractContextManager[None]:
        """Return a context with the whole of what was learned (1) or nothing of it (0); there is no between."""
        if strength not in {0.0, 1.0}:
            raise ValueError(strength)
        return nullcontext() if strength else self.switched_off()

    @contextmanager
    def switched_off(self) -> Iterator[None]:
        """Let the base model be as it was for a while: from the copy kept, else read from its file again."""
        base = self._read_base() if self._base is None else self._base
        self._exchange(base)
        try:
            yield
        finally:
            self._exchange(base)

    def _exchange(self, others: list[Tensor]) -> None:
        """Let the weights be others, and these lie where the others lay; nothing is copied where that is one device.

        What lies in main memory is exchanged one by one, so that a GPU never holds two models.
        """
        for number, parameter in enumerate(self._trained):
            own, other = parameter.data, others[number]
            parameter.data, others[number] = other.to(own.device), own.to(other.device)

    def _read_base(self) -> list[Tensor]:
        """Read what is trained from the base model's file again, into main memory."""
        loaded, again = self._loaded, {}
        if "unet" in self._parts:
            again["unet"] = load.load_unet(loaded.info, dtype=loaded.dtype)
        if self._texts:
            again |= _by_folder(load.load_text_encoders(loaded.info, dtype=loaded.dtype), loaded.family)
        merge_base_weights(
            again.get("unet"), [model for name, model in again.items() if name != "unet"], loaded.family, self._settings
        )
        parts = {name: again[name] for name in self._parts}
        base = [parameter for group in _groups(loaded, parts) for parameter in group["params"]]
        return [read.detach().to(own.dtype) for own, read in zip(self._trained, base, strict=True)]


def keeps_base(loaded: Loaded) -> bool:
    """Tell whether the loss asks what the base model says (diff_output_preservation), so that a copy is kept.

    The copy is as large as what is trained: for SD1.5 3.4 GB in fp32, 1.7 GB in bf16.
    """
    used = {entry.subset for entry in loaded.plan.entries}
    return any(bool(dict(loaded.plan.subsets[one].options.custom_attributes).get(PRESERVED)) for one in used)


def _check(loaded: Loaded) -> None:
    refuse_strengths(loaded)
    if loaded.settings.block_rates and loaded.family.name != "sdxl":
        raise MikazukiError(
            "not-sdxl",
            f"block_lr is for SDXL, and {loaded.info.path} is {loaded.family.name}.",
            "Leave block_lr out; learning_rate is the whole UNet's.",
        )


def _by_folder(encoders: Sequence[Any], family: Family) -> dict[str, Any]:
    return {spec.folder: encoder for spec, encoder in zip(family.text_encoders, encoders, strict=True)}


def _trained_parts(loaded: Loaded) -> dict[str, Any]:
    """Return the parts that have rates, by the names of their folders."""
    parts = {"unet": loaded.unet} if loaded.settings.rate_of_unet else {}
    rates = loaded.settings.rates_of_text_encoders
    texts = _by_folder(loaded.encoders, loaded.family) if loaded.encoders else {}
    return parts | {name: model for rate, (name, model) in zip(rates, texts.items(), strict=False) if rate}


def _groups(loaded: Loaded, parts: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the optimizer's groups of ``parts``: ``name``, ``params`` and ``lr``, none of rate 0."""
    settings, found = loaded.settings, []
    if "unet" in parts:
        named = dict(parts["unet"].named_parameters())
        found += _blocks(named, settings) if settings.block_rates else [_group("unet", named, settings.rate_of_unet)]
    for number, spec in enumerate(loaded.family.text_encoders):
        if spec.folder in parts:
            named = _used(parts[spec.folder], last_but_one=len(loaded.family.text_encoders) > 1 and number == 0)
            if settings.freeze_clip_normalization:
                named = _without_norms(parts[spec.folder], named)
            found.append(_group(f"text_encoder{number + 1}", named, settings.rates_of_text_encoders[number]))
    return found


def _group(name: str, named: Mapping[str, nn.Parameter], rate: float) -> dict[str, Any]:
    return {"name": name, "params": list(named.values()), "lr": rate}


def _used(encoder: Any, *, last_but_one: bool) -> dict[str, nn.Parameter]:
    """Return an encoder's parameters; of SDXL's first the last layer and norm are left out, which nothing uses."""
    named = dict(encoder.named_parameters())
    if not last_but_one:
        return named
    core = load.text_core(encoder)
    unused = {
        id(parameter) for part in (core.encoder.layers[-1], core.final_layer_norm) for parameter in part.parameters()
    }
    return {name: parameter for name, parameter in named.items() if id(parameter) not in unused}


def _without_norms(encoder: nn.Module, named: Mapping[str, nn.Parameter]) -> dict[str, nn.Parameter]:
    """Leave out the weights and biases of an encoder's layer norms, which freeze_clip_normalization keeps."""
    norms = (module for module in encoder.modules() if isinstance(module, nn.LayerNorm))
    frozen = {id(parameter) for norm in norms for parameter in norm.parameters()}
    return {name: parameter for name, parameter in named.items() if id(parameter) not in frozen}


def _blocks(named: Mapping[str, nn.Parameter], settings: TrainSettings) -> list[dict[str, Any]]:
    """Return a group for each block of SDXL's UNet whose rate in block_lr is not 0."""
    table = keys.inverted(keys.unet_table(keys.diffusers_unet_layout(named)))
    blocks: dict[int, dict[str, nn.Parameter]] = {}
    for name, parameter in named.items():
        blocks.setdefault(block_number(keys.translate(name, table) or name), {})[name] = parameter
    rates = settings.block_rates
    return [_group(f"block{number}", blocks[number], rates[number]) for number in sorted(blocks) if rates[number]]


def block_number(original: str) -> int:
    """Return the place in block_lr of a UNet's parameter, by its original name."""
    kind, _, rest = original.partition(".")
    if kind in {"time_embed", "label_emb"}:
        return 0
    if kind == "out":
        return _END
    first = {"input_blocks": 1, "middle_block": _FIRST_MIDDLE, "output_blocks": _FIRST_OUTPUT}[kind]
    return first + int(rest.partition(".")[0])
