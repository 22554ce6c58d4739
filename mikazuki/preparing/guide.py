"""The guided mode: from a goal, pictures, a base model and a card to a filled form, each value with its reason."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from mikazuki.data.folders import Notice
from mikazuki.data.one_picture import one_picture
from mikazuki.data.plan import Plan, make_plan
from mikazuki.engines.estimate import estimate
from mikazuki.errors import MikazukiError
from mikazuki.files import write_text
from mikazuki.models.identify import ModelInfo
from mikazuki.preparing import guide_choices as choose
from mikazuki.preparing.guide_facts import Facts, Goal, look
from mikazuki.preparing.guide_length import length
from mikazuki.preparing.guide_methods import Asked, advice, pick
from mikazuki.preparing.guide_parts import Choice, Thrift, Warned
from mikazuki.preparing.guide_ways import WAYS
from mikazuki.preparing.guide_words import reason
from mikazuki.settings.form import form_of
from mikazuki.settings.form_words import Words
from mikazuki.settings.load import parse
from mikazuki.settings.methods import IMAGIC
from mikazuki.settings.target import AUTO
from mikazuki.settings.train import TrainSettings
from mikazuki.text import size

ABOVE: Final = ("method", "model_type")
"""Choose the form, and so stand first among the choices."""
SAMPLES: Final = 5
"""So often pictures are drawn where nothing is saved on the way."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person says: `memory` is that of the card to plan for in bytes, None what this machine has."""

    goal: Goal
    folder: Path
    model: Path
    memory: int | None = None
    method: Asked = "auto"


@dataclass(frozen=True, slots=True)
class Chosen:
    """One value and why."""

    option: str
    value: Any
    why: Words


@dataclass(frozen=True, slots=True)
class Guide:
    """What was found and chosen; `prompts` are lines for a prompt file, which ``sample_prompts`` is to name."""

    method: str
    family: str
    pictures: int
    captions: int
    values: tuple[Chosen, ...]
    warnings: tuple[tuple[str, Words], ...]
    """Codes and texts."""
    prompts: tuple[str, ...]
    engine: str = AUTO

    @property
    def settings(self) -> dict[str, Any]:
        """Option -> value, the method among them."""
        return {chosen.option: chosen.value for chosen in self.values}


def guide(wish: Wish, *, output: Path = Path("output")) -> Guide:
    """Look at pictures, model and card, and fill the form.

    Args:
        wish: What a person wants.
        output: Folder in which outputs lie, so that none is written over.

    Raises:
        MikazukiError: ``dataset-not-found``, ``dataset-empty``, ``dataset-not-readable``, what `identify` raises, and
            of imagic what `one_picture` raises.
    """
    looked = look(wish.goal, wish.folder, wish.model, memory=wish.memory, output=output)
    method = pick(wish.method, looked.facts)
    facts = replace(looked.facts, method=str(method.value))
    resolution = choose.side(facts)
    pixels = int(resolution.value.partition(",")[0])
    before = [method, *choose.places(facts), resolution, *choose.buckets(facts, pixels), *choose.captions(facts)]
    needed = _Needed(looked.info, facts, before)
    chosen = choose.thrift(facts, needed)
    needed.check(chosen)
    choices = [*before, *_with(facts, chosen), *choose.files(facts, chosen.batch)]
    warned = [*choose.warnings(facts, pixels), *_short(facts, needed, chosen), *advice(facts)]
    return Guide(
        facts.method,
        facts.family,
        facts.pictures,
        len(facts.captions),
        tuple(_in_order(choices, facts)),
        (*((one.code, reason("warnings", one.code, one.told)) for one in warned), *map(_notice, looked.notices)),
        tuple(choose.prompts(facts, pixels)),
    )


def _with(facts: Facts, thrift: Thrift) -> Iterator[Choice]:
    """Yield what depends on how memory is saved."""
    yield from length(facts, thrift)
    yield from WAYS[facts.method](facts, thrift)


class _Needed:
    """Estimates the memory of ways to train, with the pictures planned once."""

    def __init__(self, info: ModelInfo, facts: Facts, before: Iterable[Choice]) -> None:
        self._info, self._facts = info, facts
        self._before = {one.option: one.value for one in before}
        self._plan: Plan | None = None

    def __call__(self, one: Thrift) -> int:
        settings = self._settings(one)
        plan = self._planned(settings)
        datasets = tuple(replace(dataset, batch_size=one.batch) for dataset in plan.datasets)
        return estimate(self._info, settings, replace(plan, datasets=datasets)).memory

    def check(self, one: Thrift) -> None:
        """Raise what keeps the method from the pictures: imagic takes one alone."""
        if self._facts.method == IMAGIC:
            settings = self._settings(one)
            one_picture(self._planned(settings), settings)

    def _settings(self, one: Thrift) -> TrainSettings:
        own = {choice.option: choice.value for choice in _with(self._facts, one)}
        return parse(TrainSettings, self._before | own, "the guided mode").on_family(self._info.family)

    def _planned(self, settings: TrainSettings) -> Plan:
        if self._plan is None:
            self._plan = make_plan(settings, family_step=settings.bucket_reso_steps, verify=False)
        return self._plan


def _short(facts: Facts, needed: _Needed, chosen: Thrift) -> Iterator[Warned]:
    """Warn where even the most frugal way needs more than there is."""
    if facts.memory is None or facts.tiny:
        return
    amount = needed(chosen)
    if amount > facts.memory:
        yield Warned("memory-short", {"needed": size(amount), "memory": size(facts.memory)})


def _in_order(choices: Iterable[Choice], facts: Facts) -> Iterator[Chosen]:
    """Put the choices into the form's order, each with its reason, values as the form's fields have them."""
    fields = form_of(facts.method, facts.family).fields
    places = _places(facts.method, facts.family)
    for one in sorted(choices, key=lambda choice: places[choice.option]):
        single = isinstance(one.value, list) and fields[one.option].kind != "list"
        yield Chosen(one.option, one.value[0] if single else one.value, reason("values", one.text, one.told))


def _places(method: str, family: str) -> dict[str, int]:
    """Return the place of each option in the form; what chooses the form comes before it."""
    return {name: number for number, name in enumerate((*ABOVE, *form_of(method, family).fields))}


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
    drawn = {"sample_prompts": free.as_posix(), **_rhythm(found.settings)}
    return with_values(found, [Chosen(name, value, reason("values", name, {})) for name, value in drawn.items()])


def _rhythm(settings: dict[str, Any]) -> dict[str, int]:
    """Return how often pictures are drawn: with every file, or a few times where only the last one is kept."""
    if "save_every_n_epochs" in settings:
        return {"sample_every_n_epochs": settings["save_every_n_epochs"]}
    return {"sample_every_n_steps": max(1, settings["max_train_steps"] // SAMPLES)}


def with_values(found: Guide, more: Iterable[Chosen]) -> Guide:
    """Return the choices with others beside them or in their place, in the form's order."""
    new = {one.option: one for one in more}
    values = [*(one for one in found.values if one.option not in new), *new.values()]
    places = _places(found.method, found.family)
    return replace(found, values=tuple(sorted(values, key=lambda one: places[one.option])))


def _same(path: Path, text: str) -> bool:
    try:
        return path.read_text(encoding="utf-8") == text
    except (OSError, UnicodeDecodeError):
        return False
