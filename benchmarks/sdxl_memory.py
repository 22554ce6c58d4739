"""Counts the bytes that fine-tuning all of SDXL's UNet takes with the preset's settings, on a machine without a GPU.

    python benchmarks/sdxl_memory.py real sdxl.safetensors --side 512 --steps 2
    python benchmarks/sdxl_memory.py card sdxl.safetensors --side 1024

``real`` trains: the builtin engine's whole run on one drawn picture, from loading to the saved file. ``card`` computes
nothing: the same model, optimizer and loss run on tensors that have shapes and types but no numbers, by the rules that
mixed precision has on a GPU (norms and enlargements in fp32), which take more than a processor's; ``--processor``
leaves these out, so that it can be held against ``real``.

Every tensor an operation returns is counted from its birth to the death of its storage. Not seen: what an operation
takes for itself meanwhile (workspaces of cuDNN and cuBLAS, 32-bit sums inside attention), the GPU's own context, and
what its allocator loses by rounding and gaps.
"""

import argparse
import sys
import tempfile
import time
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import torch
from torch import Tensor
from torch._subclasses.fake_tensor import FakeTensorMode
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves

from mikazuki.data.plan import Plan
from mikazuki.events import EventWriter
from mikazuki.models import load
from mikazuki.models.families import FAMILIES
from mikazuki.models.identify import ModelInfo, identify
from mikazuki.models.lean import lean_diffusers
from mikazuki.models.text import encode_sdxl
from mikazuki.settings.load import load_toml
from mikazuki.settings.train import TrainSettings
from mikazuki.training import run as training
from mikazuki.training.batches import Batch
from mikazuki.training.conditions import FrozenText
from mikazuki.training.denoising import Denoising
from mikazuki.training.frugal import set_up_unet
from mikazuki.training.learner import Learner, make_learner
from mikazuki.training.machine import Machine
from mikazuki.training.methods import Loaded
from mikazuki.training.methods.table import METHODS
from mikazuki.training.report import Report

PRESET: Final = Path(__file__).parents[1] / "config" / "presets" / "sdxl-fine-tune.toml"
KINDS: Final = ("weights", "gradients", "optimizer", "rest")
"""``rest`` is what lives in a step: activations, and what the optimizer works with."""
NOTICED: Final = 4 * 2**20
"""A new peak is split into its kinds when it is that many bytes above the last split one."""
OWN: Final = ("mikazuki", "diffusers", "transformers")
GIB: Final = 2**30
CAPTION: Final = "a photo of sks thing"
IN_FP32: Final = frozenset({torch.layer_norm, torch.group_norm, torch._C._nn.upsample_nearest2d})  # noqa: SLF001
"""Of what a GPU's mixed precision computes in fp32 and a processor's does not: all that SDXL's UNet uses."""


@dataclass
class Row:
    """The most that lived in a phase, in bytes, by kind, and where that was; ``resident`` is the process's memory."""

    phase: str
    peak: int = 0
    split: dict[str, int] = field(default_factory=dict)
    where: str = ""
    left: int = 0
    resident: int = 0
    seconds: float = 0.0


class Ledger(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Counts the bytes of all storages that operations return while they live; keeps nothing alive itself."""

    def __init__(self) -> None:
        """Begin with nothing counted."""
        super().__init__()  # type: ignore[no-untyped-call]
        self.rows: list[Row] = []
        self.learner: Learner | None = None
        self._living: dict[int, int] = {}
        self._watches: dict[int, weakref.ref[Any]] = {}
        self._total = 0
        self._split = 0
        self._row = Row("before")
        self._began = time.monotonic()

    def __torch_dispatch__(self, func: Any, _types: Any, args: Any = (), kwargs: Any = None) -> Any:
        """Do the operation and count what it returned."""
        found = func(*args, **(kwargs or {}))
        self.count(one for one in tree_leaves(found) if isinstance(one, Tensor))
        return found

    def count(self, tensors: Iterable[Tensor]) -> None:
        """Count the storages of tensors that are not counted yet."""
        for tensor in tensors:
            storage = tensor.untyped_storage()
            key = storage._cdata  # noqa: SLF001 - two Python objects of one storage share it
            if key in self._living or (tensor.device.type == "meta"):
                continue
            self._living[key] = storage.nbytes()
            self._watches[key] = weakref.ref(storage, self._forgetter(key))
            self._total += storage.nbytes()
        if self._total > self._row.peak:
            self._row.peak = self._total
            if self._total > self._split + NOTICED:
                self._split = self._total
                self._row.split, self._row.where = self._by_kind(), place()

    def _forgetter(self, key: int) -> Callable[[Any], None]:
        def forget(_watch: Any) -> None:
            self._watches.pop(key, None)
            self._total -= self._living.pop(key, 0)

        return forget

    def _by_kind(self) -> dict[str, int]:
        """Return the bytes that live now by what they are for; views of one storage count once."""
        found, seen = dict.fromkeys(KINDS, 0), set[int]()
        for kind, tensor in of_learner(self.learner):
            key = tensor.untyped_storage()._cdata  # noqa: SLF001
            if key in self._living and key not in seen:
                seen.add(key)
                found[kind] += self._living[key]
        return {**found, "rest": self._total - sum(found.values())}

    def phase(self, name: str) -> None:
        """End a phase and begin the next, with the peak at what is there."""
        row = self._row
        row.left, row.resident, row.seconds = self._total, resident_peak(), time.monotonic() - self._began
        self.rows.append(row)
        print(f"{row.phase}: {row.peak / GIB:.3f} GiB, {row.seconds:.0f} s", file=sys.stderr, flush=True)
        self._row, self._split, self._began = Row(name, self._total), self._total, time.monotonic()
        self._row.split = self._by_kind()


def of_learner(learner: Learner | None) -> Iterator[tuple[str, Tensor]]:
    """Yield what a learner keeps, with its kind."""
    if learner is None:
        return
    for parameter in learner.method.parameters():
        yield "weights", parameter.data
        if parameter.grad is not None:
            yield "gradients", parameter.grad
    for state in list(learner.optimizer.state.values()):
        yield from (("optimizer", value) for value in state.values() if isinstance(value, Tensor))


def place() -> str:
    """Return where this is called from: the innermost three functions of the project and its model libraries."""
    found: list[str] = []
    frame = sys._getframe(1)  # noqa: SLF001 - a whole traceback would read the files, thousands of times
    while (back := frame.f_back) is not None and len(found) < 3:
        frame, path = back, Path(back.f_code.co_filename)
        if any(name in path.parts for name in OWN):
            found.append(f"{path.stem}.{frame.f_code.co_name}")
    return " < ".join(found)


def resident_peak() -> int:
    """Return the largest resident memory of this process since the last call, in bytes; 0 where Linux is not."""
    status, clear = Path("/proc/self/status"), Path("/proc/self/clear_refs")
    if not status.exists():
        return 0
    line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
    clear.write_text("5", encoding="ascii")
    return int(line.split()[1]) * 1024


def check_ledger() -> None:
    """Count a case whose bytes are known: three tensors of 4000 bytes at the most, two of them a sum's terms."""
    ledger = Ledger()
    with ledger:
        one = torch.zeros(1000)
        view = one[10:]
        total = view.sum() + (one + 1)
        del one, view
        ledger.phase("kept")
        del total
        ledger.phase("gone")
    first, second = ledger.rows
    assert first.peak == 3 * 4000 + 4, first
    assert first.left == 4000, first
    assert second.left == 0, second


class ByCardsRules(TorchFunctionMode):
    """Lets norms and enlargements compute in fp32, as mixed precision does on a GPU; matrices stay in bf16."""

    def __torch_function__(self, func: Any, _types: Any, args: Any = (), kwargs: Any = None) -> Any:
        """Turn the numbers of bf16 that go into such a function into fp32."""
        if func in IN_FP32:
            args = [one.float() if isinstance(one, Tensor) and one.is_floating_point() else one for one in args]
        return func(*args, **(kwargs or {}))


class Watching(Report):
    """A report that begins a phase of the ledger at every stage and step."""

    ledger: Ledger

    def stage(self, name: str, text: str, **fields: Any) -> None:
        """Begin the stage's phase."""
        self.ledger.phase("step 1" if name == "train" else name)
        super().stage(name, text, **fields)

    def step(self, step: int, total: int, epoch: tuple[int, int], loss: float, more: Mapping[str, float]) -> None:
        """Begin the next step's phase."""
        self.ledger.phase(f"step {step + 1}" if step < total else "end")
        print(f"loss {loss:.4f}", file=sys.stderr)
        super().step(step, total, epoch, loss, more)


def settings_of(model: Path, folder: Path, side: int, steps: int, preset: Path) -> TrainSettings:
    """Return the preset's settings for a model, pictures below ``folder`` and a length."""
    values = {key: value for key, value in load_toml(preset).items() if not key.endswith(("_epochs", "_steps"))}
    own = {
        "pretrained_model_name_or_path": str(model),
        "train_data_dir": str(folder / "pictures"),
        "output_dir": str(folder / "output"),
        "logging_dir": str(folder / "logs"),
        "resolution": f"{side},{side}",
        "max_train_steps": steps,
    }
    return TrainSettings.model_validate({**values, **own})


def draw_picture(folder: Path, side: int) -> None:
    """Write one picture of noise with a caption."""
    from PIL import Image

    inner = folder / "pictures" / "1_thing"
    inner.mkdir(parents=True)
    pixels = torch.randint(0, 256, (side, side, 3), dtype=torch.uint8, generator=torch.Generator().manual_seed(1))
    Image.fromarray(pixels.numpy()).save(inner / "0.png")
    (inner / "0.txt").write_text(CAPTION, encoding="utf-8")


def real(settings: TrainSettings, job: Path) -> Ledger:
    """Train as the engine does, counting."""
    machine, ledger = Machine(settings), Ledger()
    report = Watching(EventWriter(None))
    report.ledger = ledger
    task = training.read_task(settings, job)
    with ledger:
        loop, checkpoints = prepared(task, machine, report)
        loop.run()
        training.finish(task, checkpoints, loop.place, report, finished=True)
        ledger.phase("end")
    return ledger


def prepared(task: training.Task, machine: Machine, report: Watching) -> tuple[Any, Any]:
    """Prepare a training, with its learner known to the ledger."""
    loop, checkpoints = training.prepare(task, machine, report)
    report.ledger.learner = loop.learner
    return loop, checkpoints


@contextmanager
def without_numbers(info: ModelInfo) -> Iterator[None]:
    """Let the model's file be read as tensors of its shapes that have no numbers."""

    @contextmanager
    def opened(_path: Path) -> Iterator[tuple[Callable[[str], Tensor], list[str]]]:
        yield (lambda name: torch.empty(info.shapes[name], dtype=torch.float16)), list(info.shapes)

    with patch.object(load, "opened", opened), FakeTensorMode(allow_non_fake_inputs=True):
        yield


def card(settings: TrainSettings, info: ModelInfo, plan: Plan, *, by_cards_rules: bool) -> Ledger:
    """Count what lies on a card: encoding a picture and a caption, two steps, and a sample picture, if one is drawn."""
    machine, ledger = Machine(settings), Ledger()
    side = plan.buckets[0].resolution[0]
    with ExitStack() as stack:
        stack.enter_context(without_numbers(info))
        stack.enter_context(ledger)
        if by_cards_rules:
            stack.enter_context(ByCardsRules())
        ledger.phase("cache_latents")
        encode_picture(info, side)
        ledger.phase("texts")
        known = encode_text(info, machine)
        ledger.phase("loading the UNet")
        learner, denoising = trained(settings, info, plan, machine, known)
        ledger.learner = learner
        for step in range(2):
            ledger.phase(f"step {step + 1}")
            learner.begin(step)
            learner.backward(denoising.loss(batch_of(side // 8)))
            learner.finish()
        ledger.phase("decoding a sample picture")
        decode_picture(info, side)
        ledger.phase("end")
    return ledger


@torch.no_grad()
def encode_picture(info: ModelInfo, side: int) -> None:
    """Encode a picture as the engine does, in fp32."""
    vae = load.load_vae(info, dtype=torch.float32)
    vae.encode(torch.empty(1, 3, side, side)).latent_dist.std.float()


@torch.no_grad()
def decode_picture(info: ModelInfo, side: int) -> None:
    """Decode a picture as the engine does when it draws samples, in fp32."""
    vae = load.load_vae(info, dtype=torch.float32)
    vae.decode(torch.empty(1, 4, side // 8, side // 8)).sample.float()


@torch.no_grad()
def encode_text(info: ModelInfo, machine: Machine) -> dict[str, tuple[Tensor, Tensor]]:
    """Encode a caption as the engine does and return it."""
    encoders = load.load_text_encoders(info, dtype=machine.dtype)
    ids = torch.zeros(1, 1, 77, dtype=torch.long)
    with machine.autocast():
        context, pooled = encode_sdxl(encoders, ids, ids)
    return {CAPTION: (context[0].clone(), pooled[0].clone())}


def trained(
    settings: TrainSettings, info: ModelInfo, plan: Plan, machine: Machine, known: Mapping[str, tuple[Tensor, Tensor]]
) -> tuple[Learner, Denoising]:
    """Put together what trains, as the engine does."""
    unet = load.load_unet(info, dtype=machine.trained_dtype)
    unet.to = lambda _device: unet  # it is there already, and tensors without numbers cannot be moved
    set_up_unet(unet, settings, machine.device)
    method = METHODS[settings.method](Loaded(unet, (), (), info, FAMILIES["sdxl"], settings, plan, machine.dtype))
    condition = FrozenText(_nobody, [], known=dict(known))
    learner = make_learner(settings, machine, method, plan.max_train_steps)
    return learner, Denoising(unet, condition, machine, settings, v_prediction=False)


def _nobody(texts: list[str]) -> Any:
    raise AssertionError(texts)


def batch_of(side: int) -> Batch:
    """Return a batch of one picture of ``side`` latents."""
    numbers = torch.empty(1, 4, side, side)
    timesteps = torch.zeros(1, dtype=torch.long)
    return Batch(numbers, torch.empty_like(numbers), timesteps, [CAPTION], torch.ones(1), torch.zeros(1, 6))


def print_rows(ledger: Ledger) -> None:
    """Print a Markdown table in GiB."""
    print(f"\n| phase | peak | {' | '.join(KINDS)} | left after it | resident | s | where |")
    print("|---|" + "--:|" * (len(KINDS) + 4) + "---|")
    for row in ledger.rows[1:]:
        kinds = " | ".join(f"{row.split.get(kind, 0) / GIB:.2f}" for kind in KINDS)
        print(
            f"| {row.phase} | {row.peak / GIB:.3f} | {kinds} | {row.left / GIB:.2f} | {row.resident / GIB:.2f} "
            f"| {row.seconds:.0f} | {row.where} |"
        )


def main() -> None:
    """Count, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("how", choices=("real", "card"))
    parser.add_argument("model", type=Path, help="a full-size SDXL checkpoint; its numbers do not matter")
    parser.add_argument("--side", type=int, default=1024)
    parser.add_argument("--steps", type=int, default=2)
    parser.add_argument("--preset", type=Path, default=PRESET)
    parser.add_argument("--processor", action="store_true", help="card: by the rules of a processor")
    arguments = parser.parse_args()
    lean_diffusers()
    check_ledger()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        draw_picture(folder, arguments.side)
        settings = settings_of(arguments.model, folder, arguments.side, arguments.steps, arguments.preset)
        if arguments.how == "real":
            ledger = real(settings, folder)
        else:
            info = identify(arguments.model)
            plan = training.plan_of(settings, info)
            ledger = card(settings, info, plan, by_cards_rules=not arguments.processor)
    print_rows(ledger)


if __name__ == "__main__":
    main()
