"""The guided mode: from a goal, pictures, a base model and a card to a filled form, each value with its reason."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from mikazuki.data.folders import Notice
from mikazuki.data.plan import Plan, make_plan
from mikazuki.engines.estimate import memory_bytes, network_parameters
from mikazuki.errors import MikazukiError
from mikazuki.files import write_text
from mikazuki.models.identify import ModelInfo
from mikazuki.preparing import guide_choices as choose
from mikazuki.preparing.guide_choices import Choice, Thrift, Warned
from mikazuki.preparing.guide_facts import Facts, Goal, look
from mikazuki.preparing.guide_methods import advice
from mikazuki.preparing.guide_words import reason
from mikazuki.settings.form import form_of
from mikazuki.settings.form_words import Words
from mikazuki.settings.load import parse
from mikazuki.settings.target import AUTO
from mikazuki.settings.train import TrainSettings
from mikazuki.text import size

METHOD: Final = "lora"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person says: `memory` is that of the card to plan for in bytes, None what this machine has."""

    goal: Goal
    folder: Path
    model: Path
    memory: int | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """One value and why."""

    option: str
    value: Any
    why: Words


@dataclass(frozen=True, slots=True)
class Guide:
    """What was found and chosen; `prompts` are lines for a prompt file, which ``sample_prompts`` is to name."""

    family: str
    pictures: int
    captions: int
    values: tuple[Chosen, ...]
    warnings: tuple[tuple[str, Words], ...]
    """Codes and texts."""
    prompts: tuple[str, ...]
    method: str = METHOD
    engine: str = AUTO

    @property
    def settings(self) -> dict[str, Any]:
        """Option -> value."""
        return {chosen.option: chosen.value for chosen in self.values}


def guide(wish: Wish, *, output: Path = Path("output")) -> Guide:
    """Look at pictures, model and card, and fill the form.

    Args:
        wish: What a person wants.
        output: Folder in which outputs lie, so that none is written over.

    Raises:
        MikazukiError: ``dataset-not-found``, ``dataset-empty``, ``dataset-not-readable``, and what `identify` raises.
    """
    looked = look(wish.goal, wish.folder, wish.model, memory=wish.memory, output=output)
    facts = looked.facts
    resolution = choose.side(facts)
    pixels = int(resolution.value.partition(",")[0])
    before = [*choose.places(facts), resolution, *choose.buckets(facts, pixels)]
    before += [*choose.captions(facts), *choose.network(facts)]
    needed = _Needed(looked.info, {one.option: one.value for one in before})
    chosen = choose.thrift(facts, needed)
    after = [*choose.length(facts, chosen), *choose.learning(facts), *choose.files(facts, chosen.batch)]
    warned = [*choose.warnings(facts, pixels), *_short(facts, needed, chosen), *advice(facts)]
    return Guide(
        facts.family,
        facts.pictures,
        len(facts.captions),
        tuple(_in_order([*before, *after], facts.family)),
        (*((one.code, reason("warnings", one.code, one.told)) for one in warned), *map(_notice, looked.notices)),
        tuple(choose.prompts(facts, pixels)),
    )


class _Needed:
    """Estimates the memory of ways to train, with the pictures planned once."""

    def __init__(self, info: ModelInfo, values: dict[str, Any]) -> None:
        self._info, self._values = info, values
        self._plan: Plan | None = None

    def __call__(self, one: Thrift) -> int:
        own = {"train_batch_size": one.batch, "gradient_checkpointing": one.checkpointing}
        settings = parse(TrainSettings, self._values | own | {"mixed_precision": "fp16"}, "the guided mode")
        if self._plan is None:
            self._plan = make_plan(settings, family_step=settings.bucket_reso_steps, verify=False)
        datasets = tuple(replace(dataset, batch_size=one.batch) for dataset in self._plan.datasets)
        plan = replace(self._plan, datasets=datasets)
        return memory_bytes(self._info, settings, plan, network_parameters(self._info, settings))


def _short(facts: Facts, needed: _Needed, chosen: Thrift) -> Iterator[Warned]:
    """Warn where even the most frugal way needs more than there is."""
    if facts.memory is None or facts.tiny:
        return
    amount = needed(chosen)
    if amount > facts.memory:
        yield Warned("memory-short", {"needed": size(amount), "memory": size(facts.memory)})


def _in_order(choices: list[Choice], family: str) -> Iterator[Chosen]:
    """Put the choices into the form's order, each with its reason, values as the form's fields have them."""
    fields = form_of(METHOD, family).fields
    places = {name: number for number, name in enumerate(fields)}
    for one in sorted(choices, key=lambda choice: places[choice.option]):
        single = isinstance(one.value, list) and fields[one.option].kind != "list"
        yield Chosen(one.option, one.value[0] if single else one.value, reason("values", one.text, one.told))


def _notice(notice: Notice) -> tuple[str, Words]:
    return notice.code, Words(notice.text, notice.text)


def with_prompts(found: Guide, path: Path) -> Guide:
    """Write the prompts to a file and let the values draw them; a file that holds other prompts is left alone.

    Raises:
        MikazukiError: ``disk-full``, ``not-writable``.
    """
    if not found.prompts:
        return found
    text = "".join(f"{line}\n" for line in found.prompts)
    names = (path, *(path.with_name(f"{path.stem}-{number}{path.suffix}") for number in range(2, 1000)))
    free = next((name for name in names if not name.exists() or _same(name, text)), None)
    if free is None:
        raise MikazukiError("not-writable", f"{path.parent} is full of prompt files.", "Remove old ones.")
    if not free.exists():
        write_text(free, text)
    every = found.settings["save_every_n_epochs"]
    drawn = {"sample_prompts": free.as_posix(), "sample_every_n_epochs": every}
    return with_values(found, [Chosen(name, value, reason("values", name, {})) for name, value in drawn.items()])


def with_values(found: Guide, more: Iterable[Chosen]) -> Guide:
    """Return the choices with others beside them or in their place, in the form's order."""
    new = {one.option: one for one in more}
    values = [*(one for one in found.values if one.option not in new), *new.values()]
    places = {name: number for number, name in enumerate(form_of(METHOD, found.family).fields)}
    return replace(found, values=tuple(sorted(values, key=lambda one: places[one.option])))


def _same(path: Path, text: str) -> bool:
    try:
        return path.read_text(encoding="utf-8") == text
    except (OSError, UnicodeDecodeError):
        return False
