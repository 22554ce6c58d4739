"""The studio, its machine and what a person chose for it."""

from typing import Literal

from mikazuki.web.answers.base import Answer, Language


class EngineState(Answer):
    """One engine: what it trains, and whether it can be used here."""

    name: str
    ok: bool
    reason: str
    remedy: str
    methods: list[str]
    families: list[str]


class Root(Answer):
    """A folder that the page may look into."""

    path: str
    name: str
    writable: bool


class StudioAnswer(Answer):
    """What the page must know before it draws anything."""

    version: str
    language: Language | None
    """The language that `--lang` or a person's choice asks for; None: the browser's."""
    engines: list[EngineState]
    roots: list[Root]
    folders: dict[str, str]
    """Absolute paths of train, sd-models, output, logs, config."""
    queue_paused: bool
    tensorboard: bool
    """Whether TensorBoard may be started here."""


class GpuReading(Answer):
    """One GPU as its driver tells it; bytes, percent, degrees Celsius, watts."""

    index: int
    name: str
    total: int
    used: int
    utilisation: float | None = None
    temperature: float | None = None
    power: float | None = None


class MachineReading(Answer):
    """What the machine is doing now; bytes and percent."""

    gpus: list[GpuReading]
    cpu_percent: float
    cpu_count: int
    memory_total: int
    memory_used: int
    disk_total: int
    disk_free: int


class FindingAnswer(Answer):
    """One thing that the doctor looked at."""

    name: str
    state: Literal["ok", "warn", "fail"]
    text: str
    remedy: str


class Preferences(Answer):
    """What a person chose for the studio; kept in config/studio.json."""

    language: Language | None = None
    theme: Literal["system", "light", "dark"] = "system"
    mirror: str = ""
    """Address used instead of huggingface.co; empty: the original."""
    roots: list[str] = []
    """Further folders that the page may look into, absolute."""
    desktop_notices: bool = False
    webhooks: list["Webhook"] = []


class Webhook(Answer):
    """Whom to tell when a job ends."""

    kind: Literal["json", "discord", "serverchan"]
    url: str
    on: list[Literal["done", "failed", "stopped"]] = ["done", "failed"]
