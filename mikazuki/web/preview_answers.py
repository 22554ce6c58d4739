"""Looks ahead at a training for the page, keeping the last look so that pages can be turned."""

import json
from dataclasses import asdict
from threading import Lock
from typing import Any

from mikazuki.data.buckets import Size
from mikazuki.errors import MikazukiError
from mikazuki.preparing import configs
from mikazuki.preparing.config_files import Values
from mikazuki.preparing.foresee import EpochFacts, Foresight, foresee, only_ours
from mikazuki.preparing.preview_data import batch_rows, epoch_row, rates_row
from mikazuki.preparing.training import Request
from mikazuki.web.answers.base import Notice
from mikazuki.web.answers.preview import Preview, PreviewAnswer, PreviewRequest
from mikazuki.web.crops import crop_url
from mikazuki.web.envelope import as_problems


class LastLook:
    """The last training that was looked ahead at: reading thousands of pictures for every page would take seconds."""

    def __init__(self) -> None:
        """Begin with none."""
        self._lock = Lock()
        self._key = ""
        self._found: Foresight | None = None

    def at(self, values: Values, *, fresh: bool) -> Foresight:
        """Return what a training will see; raises MikazukiError (or several) where that cannot be told."""
        key = json.dumps(values, sort_keys=True, default=str)
        with self._lock:
            if fresh or self._found is None or self._key != key:
                self._found = None
                self._key, self._found = key, _look(values)
            return self._found


def _look(values: Values) -> Foresight:
    request = configs.asked(values, verify=False)
    if not isinstance(request, Request):
        raise only_ours()
    if request.problems and request.plan is None:
        raise request.problems[0]
    return foresee(request)


def preview_answer(look: LastLook, wanted: PreviewRequest) -> PreviewAnswer:
    """Return a part of an epoch, or what is in the way; an epoch behind the last one means the last one."""
    try:
        foresight = look.at(wanted.values, fresh=wanted.fresh)
    except MikazukiError as error:
        return PreviewAnswer(problems=as_problems(configs.apart(error)))
    return PreviewAnswer(problems=[], preview=_preview(foresight, wanted))


def _preview(foresight: Foresight, wanted: PreviewRequest) -> Preview:
    epoch = min(wanted.epoch, foresight.plan.max_train_epochs)
    facts = foresight.epoch(epoch)
    batches = foresight.batches(epoch, wanted.start, wanted.limit, wanted.bucket)
    return Preview.model_validate(
        {
            "seed": foresight.seed,
            "max_train_epochs": foresight.plan.max_train_epochs,
            "max_train_steps": foresight.plan.max_train_steps,
            "notes": [Notice(**asdict(note)) for note in foresight.notes],
            "rates": rates_row(foresight),
            "epoch": epoch_row(facts),
            "start": wanted.start,
            "total": _total(facts, wanted.bucket),
            "batches": [_batch(row) for row in batch_rows(foresight, epoch, batches)],
        }
    )


def _total(facts: EpochFacts, bucket: Size | None) -> int:
    return sum(one.batches for one in facts.buckets if bucket in {None, one.size})


def _batch(row: dict[str, Any]) -> dict[str, Any]:
    pictures = [
        {name: value for name, value in one.items() if name != "mask_picture"} | {"url": crop_url(one)}
        for one in row["pictures"]
    ]
    return row | {"pictures": pictures}
