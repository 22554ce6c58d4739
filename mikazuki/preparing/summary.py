"""What a person reads before a training starts: model, pictures, length, what is trained, what it will take."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from mikazuki.data.captions import in_one_line
from mikazuki.data.describe import summarise
from mikazuki.data.plan import Plan
from mikazuki.data.prompts import Prompt
from mikazuki.engines.sd_scripts_place import find_place
from mikazuki.engines.sd_scripts_run import NAME as UPSTREAM
from mikazuki.models.families import FAMILY_TITLES
from mikazuki.models.identify import ModelInfo
from mikazuki.preparing.training import Request
from mikazuki.settings.methods import HYPERNETWORK, IMAGIC, INVERSION, PIVOTAL, WHOLE
from mikazuki.settings.train import TrainSettings
from mikazuki.settings.words import words_in
from mikazuki.text import count, duration, size, table

FIRST_CAPTIONS = 10


def lines(request: Request, *, captions: bool = False, seconds: float | None = None) -> list[str]:
    """Write a request's known parts as lines; warnings and problems are not among them.

    Args:
        request: What is known.
        captions: Show the first captions as they will be trained, too.
        seconds: The expected time of the whole training, None when unknown.
    """
    rows: list[tuple[str, str]] = []
    if request.info:
        rows.append(("model", _model(request.info)))
    if request.plan:
        rows += _data(request.plan, request.settings)
    rows.append(("trains", trained(request.settings)))
    if request.prompts:
        rows.append(("draws", _prompts(request.prompts)))
    if request.engine and request.engine.name == UPSTREAM:
        rows.append(("engine", _upstream(request.settings)))
    if request.state:
        rows.append(("goes on", f"at step {request.state.step}, from {request.state.folder}"))
    if request.estimate:
        expected = request.estimate
        files = count(expected.checkpoints, "file")
        rows.append(("writes", f"{files} of about {size(expected.checkpoint)}, {size(expected.disk)} in all"))
        where = request.gpu.name if request.gpu else "the CPU"
        rows.append(("memory", f"about {size(expected.memory)} on {where} (a rule of thumb)"))
    inside = f"/{request.settings.output_name}" if request.settings.save_in_subfolder else ""
    rows.append(("into", f"{request.settings.output_dir}{inside}/{request.settings.output_name}"))
    if captions:
        rows.append(("time", f"about {duration(seconds)}" if seconds else "unknown: no run of this kind yet"))
    found = table(rows)
    if request.plan:
        found += _buckets(request.plan)
        if captions:
            found += _captions(request.plan)
    return found


def _upstream(settings: TrainSettings) -> str:
    """Say which checkout of upstream trains."""
    place = find_place(settings.sd_scripts_dir, settings.sd_scripts_python)
    return f"{UPSTREAM} in {place.folder}" + (f", commit {place.commit[:7]}" if place.commit else "")


def _model(info: ModelInfo) -> str:
    layout = "diffusers folder" if info.layout == "diffusers" else "one file"
    v = ", v-prediction" if info.prediction_type == "v_prediction" else ""
    return f"{info.path}: {FAMILY_TITLES[info.family]}{v} ({layout}, {size(info.bytes)})"


def _data(plan: Plan, settings: TrainSettings) -> list[tuple[str, str]]:
    several = len(plan.datasets) > 1
    found = _concepts(plan, settings) or [
        (
            "regularisation" if row.is_reg else "pictures",
            f"{count(row.pictures, 'picture')} x {row.repeats} in {row.folder}"
            + (f" (dataset {row.dataset + 1})" if several else ""),
        )
        for row in summarise(plan).subsets
    ]
    if plan.validation:
        found.append(("validation", f"{count(len(plan.validation), 'picture')} held back"))
    epochs = count(plan.max_train_epochs, "epoch")
    sizes = {plan.batch_of(number) * settings.gradient_accumulation_steps for number in range(len(plan.datasets))}
    pictures = " or ".join(map(str, sorted(sizes)))
    noun = "picture" if sizes == {1} else "pictures"
    most = "at most " if plan.lengths else ""
    parts = f"{most}{count(plan.steps_per_epoch, 'step')}, {pictures} {noun} each"
    return [*found, ("length", f"{count(plan.max_train_steps, 'step')}: {epochs} of {parts}")]


def _prompts(prompts: Sequence[Prompt]) -> str:
    """Say how many pictures are drawn each time."""
    sanity = sum(prompt.sanity for prompt in prompts)
    parts = [count(len(prompts) - sanity, "sample prompt")] if len(prompts) > sanity else []
    return " and ".join([*parts, *["the sanity prompt"] * sanity])


def _concepts(plan: Plan, settings: TrainSettings) -> list[tuple[str, str]]:
    """Say in one line for each concept what it is taught from."""
    rows = {(row.dataset, row.is_reg): row for row in summarise(plan).subsets}
    found = []
    for number, concept in enumerate(plan.concepts):
        parts = [f"{count(concept.pictures, 'picture')} x {rows[number, False].repeats} in {concept.folder}"]
        names = " of class ".join(filter(None, (concept.instance_token, concept.class_token)))
        parts += [names] if names else []
        if settings.prior_preservation == "base_model":
            parts.append("the base model stands for its class")
        elif concept.class_wanted:
            there = f"{concept.class_there} of {count(concept.class_wanted, 'class picture')} there"
            parts.append(f"{there}, {rows[number, True].shown} shown an epoch")
        if concept.limit and concept.epochs:
            parts.append(f"until {count(concept.limit, 'picture')} are shown ({count(concept.epochs, 'epoch')})")
        found.append((f"concept {number + 1}", "; ".join(parts)))
    return found


def trained(settings: TrainSettings) -> str:
    """Say what is trained, in one line."""
    rates = {"UNet": settings.rate_of_unet, "text encoder": settings.rate_of_text_encoder}
    used = {part: str(rate) for part, rate in rates.items() if rate}
    if settings.method == INVERSION:
        return f"{_words(settings)}; {settings.optimizer_type} at {settings.learning_rate}"
    if settings.method == HYPERNETWORK:
        asked = ", ".join(map(str, settings.hypernetwork_sizes)) or "every width"
        built = settings.hypernetwork_weights or f"layers {settings.hypernetwork_layer_structure}"
        return f"a hypernetwork ({built}) for {asked} of attention; {settings.optimizer_type} at {used['UNet']}"
    network = f"LoRA of rank {settings.network_dim} (alpha {settings.network_alpha:g}) in"
    what = "the model's own weights:" if settings.method in WHOLE else network
    first = f"{_words(settings)}, and a " if settings.method == PIVOTAL else ""
    first = "a sentence, then " if settings.method == IMAGIC else first
    return f"{first}{what} {' and '.join(used)}; {settings.optimizer_type} at {' and '.join(used.values())}"


def _words(settings: TrainSettings) -> str:
    words = words_in(settings.token_string)
    vectors = count(settings.num_vectors_per_token, "vector")
    return f"the {'word' if len(words) == 1 else 'words'} {' and '.join(words)}, {vectors}{' each' * (len(words) > 1)}"


def _buckets(plan: Plan) -> list[str]:
    rows = [("size", "pictures", "shown an epoch")]
    rows += [(f"{b.resolution[0]}x{b.resolution[1]}", str(b.pictures), str(b.shown)) for b in summarise(plan).buckets]
    return ["", *table(rows)]


def _captions(plan: Plan) -> list[str]:
    rows = [(entry.picture.name, in_one_line(entry.caption) or "(empty)") for entry in plan.entries[:FIRST_CAPTIONS]]
    more = len(plan.entries) - len(rows)
    return ["", "  captions", *table(rows, indent="    "), *([f"    ... and {more} more"] if more else [])]


def as_json(request: Request, seconds: float | None = None) -> dict[str, Any]:
    """Return the same for programs."""
    found: dict[str, Any] = {
        "settings": request.settings.model_dump(mode="json"),
        "engine": request.engine.name if request.engine else None,
        "problems": [{"code": e.code, "message": e.message, "hint": e.hint} for e in request.problems],
        "warnings": [{"code": notice.code, "text": notice.text} for notice in request.warnings],
        "seconds": seconds,
    }
    if request.info:
        info = request.info
        found["model"] = {
            "path": str(info.path),
            "layout": info.layout,
            "family": info.family,
            "prediction_type": info.prediction_type,
            "bytes": info.bytes,
        }
    if request.plan:
        found |= _plan_json(request.plan)
    if request.estimate:
        expected = request.estimate
        found["estimate"] = {name: getattr(expected, name) for name in expected.__dataclass_fields__} | {
            "disk": expected.disk
        }
    found["prompts"] = [
        {"text": p.text, "negative_prompt": p.negative, "size": [p.width, p.height], "seed": p.seed, "sanity": p.sanity}
        for p in request.prompts
    ]
    if request.state:
        found["state"] = {"folder": str(request.state.folder), "step": request.state.step}
    return found


def _plan_json(plan: Plan) -> dict[str, Any]:
    summary = summarise(plan)
    return {
        "totals": dict(summary.totals),
        "subsets": [
            {"folder": row.folder, "is_reg": row.is_reg, "pictures": row.pictures, "repeats": row.repeats}
            for row in summary.subsets
        ],
        "buckets": [
            {"resolution": list(row.resolution), "pictures": row.pictures, "shown": row.shown}
            for row in summary.buckets
        ],
        "captions": [{"picture": str(entry.picture), "caption": entry.caption} for entry in plan.entries],
        "concepts": [asdict(concept) for concept in summary.concepts],
    }
