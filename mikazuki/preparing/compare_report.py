"""What a comparison says: the numbers side by side, how they stand to the tolerances, and a verdict."""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from mikazuki.engines.sd_scripts_run import NAME as UPSTREAM
from mikazuki.preparing.compare import BUILTIN
from mikazuki.preparing.compare_run import Outcome, Took
from mikazuki.text import duration, size, table

LOSS_TOLERANCE: Final = 1e-4
"""Relative difference of a loss that arithmetic in another order explains, in fp32."""
ADAPTER_TOLERANCE: Final = 1e-3
"""Relative difference in norm of an adapter's tensor, likewise."""
TEXT_TOLERANCE: Final = 1e-4
"""Difference of text conditions in shares of their largest number, likewise."""
POOLED_NOTE: Final = (
    "SDXL's pooled captions differ by design: sd-scripts multiplies by the text projection as it lies in the file, the "
    "builtin engine by its transpose, as the model's authors and the programs that draw with it do."
)


@dataclass(frozen=True)
class Measure:
    """A difference beside what is allowed."""

    name: str
    found: float
    allowed: float

    @property
    def ok(self) -> bool:
        """Whether it is allowed; a difference that is no number never is."""
        return self.found <= self.allowed


@dataclass(frozen=True)
class Verdict:
    """What a comparison comes to: ``agree`` is None where no tolerance is known for the number format."""

    agree: bool | None
    text: str


def loss_differences(answer: dict[str, Any]) -> list[float]:
    """Return the relative difference of every step's loss."""
    pairs = zip(answer["losses"], answer["recorded"], strict=True)
    return [abs(own - theirs) / abs(theirs) if theirs else math.inf for own, theirs in pairs]


def largest(numbers: Sequence[float]) -> float:
    """Return the largest number; what is no number is larger than any."""
    return max(numbers, key=lambda number: (math.isnan(number), number))


def measures(answer: dict[str, Any]) -> list[Measure]:
    """Return the differences that the verdict rests on."""
    return [
        Measure("text conditions", answer["conditions"], TEXT_TOLERANCE),
        Measure("losses", largest(loss_differences(answer)), LOSS_TOLERANCE),
        Measure("adapter", answer["adapter"]["largest"], ADAPTER_TOLERANCE),
    ]


def verdict(outcome: Outcome) -> Verdict:
    """Hold a comparison against the tolerances, which are those of fp32."""
    found = measures(outcome.answer)
    if outcome.precision != "no":
        text = (
            f"No verdict: in {outcome.precision} rounding alone moves these numbers. Compare with mixed_precision no."
        )
        return Verdict(None, text)
    wrong = [measure.name for measure in found if not measure.ok]
    if wrong:
        return Verdict(False, f"The engines differ by more than rounding: {', '.join(wrong)}.")
    return Verdict(True, "The engines agree: with the same inputs they learn the same.")


def lines(outcome: Outcome) -> list[str]:
    """Write the whole report."""
    where = f"{outcome.device}, {'fp32' if outcome.precision == 'no' else outcome.precision}"
    found = [f"\nThe same inputs in both engines ({where})", *_losses(outcome.answer), ""]
    found += _differences(outcome.answer)
    if _pooled_differ(outcome.answer):
        found += ["", POOLED_NOTE]
    found += ["\nEach engine by itself", *_costs(outcome.upstream, outcome.builtin), "", verdict(outcome).text]
    return found


def _losses(answer: dict[str, Any]) -> list[str]:
    rows = [("step", f"loss by {UPSTREAM}", f"loss by {BUILTIN}", "difference")]
    numbers = zip(answer["recorded"], answer["losses"], loss_differences(answer), strict=True)
    for step, (theirs, own, difference) in enumerate(numbers, start=1):
        rows.append((str(step), f"{theirs:.6f}", f"{own:.6f}", f"{difference:.1e}"))
    return table(rows)


def _differences(answer: dict[str, Any]) -> list[str]:
    """Write the relative differences with their tolerances, the adapter's in every way it is measured."""
    adapter = answer["adapter"]
    rows = [
        (one.name, f"{one.found:.1e}", f"allowed {one.allowed:.0e}", _remark(one, answer)) for one in measures(answer)
    ]
    rows += [
        ("adapter, as a whole", f"{adapter['whole']:.1e}", "", ""),
        ("of what was learned", f"{adapter['learned']:.1e}", "", ""),
    ]
    if answer["pooled"] is not None:
        rows.insert(1, ("pooled captions", f"{answer['pooled']:.1e}", "", ""))
    return table(rows)


def _remark(measure: Measure, answer: dict[str, Any]) -> str:
    return f"largest in {answer['adapter']['tensor']}" if measure.name == "adapter" else ""


def _pooled_differ(answer: dict[str, Any]) -> bool:
    return answer["pooled"] is not None and answer["pooled"] > TEXT_TOLERANCE


def _costs(upstream: Took, builtin: Took) -> list[str]:
    """Write time and memory with the ratio of ours to theirs: below 1 the builtin engine takes less."""
    rows: list[Sequence[str]] = [("", UPSTREAM, BUILTIN, "ratio")]
    for name, theirs, own in (
        ("to the end of the first step", upstream.first, builtin.first),
        ("a step after it", upstream.step, builtin.step),
        ("in all", upstream.total, builtin.total),
    ):
        rows.append((name, _seconds(theirs), _seconds(own), _ratio(own, theirs)))
    rows.append(("main memory", size(upstream.memory), size(builtin.memory), _ratio(builtin.memory, upstream.memory)))
    if upstream.gpu_memory is not None and builtin.gpu_memory is not None:
        gpu = (upstream.gpu_memory, builtin.gpu_memory)
        rows.append(("GPU memory", size(gpu[0]), size(gpu[1]), _ratio(gpu[1], gpu[0])))
    return table(rows)


def _seconds(seconds: float | None) -> str:
    """Write a time, with three figures where it is short: steps take fractions of a second."""
    if seconds is None:
        return "-"
    return f"{seconds:.3f} s" if seconds < 1 else duration(seconds)


def _ratio(own: float | None, theirs: float | None) -> str:
    return f"{own / theirs:.2f}" if own is not None and theirs else "-"


def as_json(outcome: Outcome) -> dict[str, Any]:
    """Return everything as plain values."""
    found = verdict(outcome)
    return {
        "steps": len(outcome.answer["losses"]),
        "device": outcome.device,
        "precision": outcome.precision,
        "losses": {
            UPSTREAM: outcome.answer["recorded"],
            BUILTIN: outcome.answer["losses"],
            "differences": loss_differences(outcome.answer),
        },
        "adapter": outcome.answer["adapter"],
        "conditions": outcome.answer["conditions"],
        "pooled": outcome.answer["pooled"],
        "text_trained": outcome.answer["text_trained"],
        "took": {UPSTREAM: asdict(outcome.upstream), BUILTIN: asdict(outcome.builtin)},
        "allowed": {one.name: one.allowed for one in measures(outcome.answer)},
        "agree": found.agree,
        "verdict": found.text,
    }
