"""What a training writes on its way: model files, states, sample pictures and the final grid."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from PIL import Image

from mikazuki.data.plan import Plan
from mikazuki.data.prompts import Prompt
from mikazuki.files import replacing, size_of
from mikazuki.settings.methods import WHOLE
from mikazuki.settings.places import output_folder
from mikazuki.settings.train import TrainSettings
from mikazuki.training.ema import Ema
from mikazuki.training.grid import write_grid
from mikazuki.training.hub import Hub
from mikazuki.training.machine import Machine
from mikazuki.training.merged import ENDING, Merger
from mikazuki.training.methods import DrawsSheet, Method, files_of
from mikazuki.training.orders import Orders
from mikazuki.training.report import Report
from mikazuki.training.retention import Kind, Retention, Written, epochs_between, remove
from mikazuki.training.sampling import Artist
from mikazuki.training.sheets import draw_sheet
from mikazuki.training.state import Place, State, save_state

_MOST_COLUMNS = 8
_MERGED = "-merged"
"""Follows output_name in the names of merged models."""
_BASE = "base"
"""Stands in the names of the base model's pictures, which are for the grid alone."""


def epoch_suffix(epoch: int) -> str:
    """Return the ending of a name after ``epoch`` epochs, as upstream writes it."""
    return f"-{epoch:06d}"


def step_suffix(step: int) -> str:
    """Return the ending of a name after ``step`` steps, as upstream writes it."""
    return f"-step{step:08d}"


def due(every: int | None, count: int) -> bool:
    """Tell whether something that happens every so often is due at ``count``."""
    return every is not None and count > 0 and count % every == 0


def spread(items: list[Any], most: int) -> list[Any]:
    """Return at most ``most`` items, the first and the last among them, evenly spread."""
    if len(items) <= most:
        return items
    return [items[round(i * (len(items) - 1) / (most - 1))] for i in range(most)]


def row_title(prompt: Prompt) -> str:
    """Return what is written under a prompt's row of the grid."""
    return f"sanity: {prompt.text}" if prompt.sanity else prompt.text


View = Callable[[], AbstractContextManager[Any]]
"""Gives a context in which the weights are those to use, where others are trained."""


@dataclass
class Checkpoints:
    """Saves and draws after steps and epochs; only the main process writes.

    Files and pictures are made under all ``views`` and the mean of ``ema``, states outside of them. ``written`` are
    the files of this run that a state told of; ``scheduler`` gives the state of a course of the rate that is no
    function of the step; ``orders`` are what a person asks for meanwhile; ``merger``, where it is set, puts a merged
    model beside every network's file. ``newest`` is the model saved last.
    """

    settings: TrainSettings
    plan: Plan
    method: Method
    machine: Machine
    report: Report
    optimizer: Any
    seed: int
    stop_file: Path
    metadata: Callable[[Place], dict[str, str]]
    prompts: list[Prompt]
    artist: Artist | None
    samples: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    views: Sequence[View] = ()
    ema: Ema | None = None
    hub: Hub | None = None
    scheduler: Callable[[], dict[str, Any]] = dict
    written: Sequence[Written] = ()
    orders: Orders | None = None
    merger: Merger | None = None
    newest: Path | None = field(init=False, default=None)
    _retention: Retention = field(init=False)

    def __post_init__(self) -> None:
        """Work out how often to save."""
        every = epochs_between(self.settings, self.plan.max_train_epochs)
        self._retention = Retention(self.settings, every, list(self.written))

    def path(self, suffix: str, ending: str | None = None) -> Path:
        """Return where something of this run lies: its folder/output_name + suffix + ending."""
        ending = self.settings.file_ending if ending is None else ending
        return output_folder(self.settings) / f"{self.settings.output_name}{suffix}{ending}"

    def merged_path(self, suffix: str) -> Path:
        """Return where the merged model lies that goes with the network's file of this suffix."""
        return self.path(f"{_MERGED}{suffix}", ENDING)

    def stop_asked(self) -> bool:
        """Tell whether the stop file is there."""
        return self.stop_file.exists()

    def looks_at(self, place: Place) -> bool:
        """Tell whether `after_step` will save or draw there; looks for orders."""
        settings, step = self.settings, place.current_step
        ordered = self.orders is not None and self.orders.look(step)
        return ordered or due(settings.save_every_n_steps, step) or due(settings.sample_every_n_steps, step)

    def after_step(self, place: Place) -> None:
        """Save and draw what is due by steps or was ordered."""
        orders, step = self.orders, place.current_step
        if due(self.settings.sample_every_n_steps, step) or (orders and orders.sample):
            self.draw(place, f"{step:06d}")
        saves = due(self.settings.save_every_n_steps, step) and not self._is_final(place)
        if saves:
            self._save(place, "step", step)
        if orders and orders.save:
            self._save_ordered(place, has_model=saves, has_state=saves and self.settings.save_state)
        if orders:
            orders.obeyed()

    def after_epoch(self, place: Place) -> None:
        """Save and draw what is due by epochs; the last epoch's file is the final one."""
        if due(self.settings.sample_every_n_epochs, place.current_epoch) and not self._drawn(place):
            self.draw(place, f"e{place.current_epoch:06d}")
        if due(self._retention.every_epochs, place.current_epoch) and not self._is_final(place):
            self._save(place, "epoch", place.current_epoch)

    def _is_final(self, place: Place) -> bool:
        """Tell whether the file saved at the end is that of this place."""
        return self.settings.save_model_on_train_end and place.current_step >= self.plan.max_train_steps

    def _drawn(self, place: Place) -> bool:
        return bool(self.samples) and self.samples[-1][0] == place.current_step

    def _save(self, place: Place, kind: Literal["epoch", "step"], number: int) -> None:
        """Save what is due, and remove what is no longer kept; all names are known before a state tells of them."""
        suffix = epoch_suffix(number) if kind == "epoch" else step_suffix(number)
        kinds: list[Kind] = [kind]
        for file in files_of(self.method, self.path(suffix)):
            self._retention.add(kind, number, file)
        if self.merger:
            self._retention.add(kind, number, self.merged_path(suffix))
        if self.settings.save_state:
            state_kind: Kind = "epoch-state" if kind == "epoch" else "step-state"
            kinds.append(state_kind)
            self._retention.add(state_kind, number, self.path(suffix, "-state"))
        self.save_model(place, suffix)
        if self.settings.save_state:
            self.save_state(place, suffix)
        for one in kinds:
            self._remove(self._retention.take_outdated(one, number), place)
        self.report.pause()

    def _save_ordered(self, place: Place, *, has_model: bool, has_state: bool) -> None:
        """Save model and state because a person asked; they are not counted among those to remove later."""
        suffix = step_suffix(place.current_step)
        if not has_model:
            self.save_model(place, suffix)
        if not has_state:
            self.save_state(place, suffix)
        self.report.pause()

    def save_last(self, place: Place) -> Path | None:
        """Write the final file and its state, each where it is wanted; return the file's path, None without one."""
        path = self.save_model(place, "") if self.settings.save_model_on_train_end else None
        if self.settings.save_state or self.settings.save_state_on_train_end:
            self.save_state(place, "")
        return path

    def save_stopped(self, place: Place) -> tuple[Path | None, Path | None]:
        """Write model and state of a stopped run, each where it is wanted; return their paths, None without one."""
        suffix = step_suffix(place.current_step)
        model = self.save_model(place, suffix) if self.settings.save_model_on_cancel else None
        state = self.save_state(place, suffix) if self.settings.save_state_on_cancel else None
        return model, state

    def save_model(self, place: Place, suffix: str) -> Path:
        """Write the model as it is to be used now, tell of it and upload it; so too what is merged with it."""
        path, *others = files_of(self.method, self.path(suffix))
        if self.machine.is_main:
            with self._shown():
                self.method.save(self.path(suffix), self.metadata(place))
            for file in (path, *others):
                self._tell("model" if file is path else "beside", file, place, size_of(file))
                if self.hub:
                    self.hub.upload(file)
            if self.merger:
                self._save_merged(self.merger, path, place, suffix)
        self.newest = path
        self.machine.wait()
        return path

    def _save_merged(self, merger: Merger, network: Path, place: Place, suffix: str) -> None:
        path = self.merged_path(suffix)
        merger.save(path, network)
        self._tell("merged", path, place, size_of(path))
        if self.hub:
            self.hub.upload(path)

    def save_state(self, place: Place, suffix: str) -> Path:
        """Write a state folder, tell of it, and upload it where that is wanted."""
        folder = self.path(suffix, "-state")
        if self.machine.is_main:
            save_state(folder, self._state(place), self.settings)
            self._tell("state", folder, place, size_of(folder))
            if self.hub and self.settings.save_state_to_huggingface:
                self.hub.upload(folder)
        self.machine.wait()
        return folder

    def _state(self, place: Place) -> State:
        return State(
            place=place,
            seed=self.seed,
            weights=self.method.weights(),
            optimizer=self.optimizer.state_dict(),
            scaler=self.machine.scaler_state(),
            samples=tuple(self.samples),
            scheduler=self.scheduler(),
            ema=self.ema.state_dict() if self.ema else {},
            report=self.report.state_dict(),
            written=tuple(self._retention.written),
        )

    def _remove(self, paths: Sequence[Path], place: Place) -> None:
        if not self.machine.is_main:
            return
        for path in paths:
            if self.hub:
                self.hub.settle(path)
            try:
                self._tell("removed", path, place, remove(path))
                if self._is_whole(path):
                    # what says how a whole SD2 model is built lies beside its file, and belongs to it
                    path.with_suffix(".yaml").unlink(missing_ok=True)
            except OSError as error:
                self.report.warn("not-removed", f"{path} is no longer needed, but could not be removed: {error}.")

    def _is_whole(self, path: Path) -> bool:
        """Tell whether a file is a whole model's, by its name."""
        if self.settings.method in WHOLE:
            return path.suffix == self.settings.file_ending != ""
        return path.name.startswith(f"{self.settings.output_name}{_MERGED}") and path.suffix == ENDING

    @contextmanager
    def showing(self) -> Iterator[None]:
        """Let the model be as it is used for a while: its final weights, nothing dropped out."""
        with self._shown(), self.method.evaluating():
            yield

    @contextmanager
    def _base_shown(self) -> Iterator[None]:
        """Let the base model be as it was; the mean stays out of it, which would be copied over it."""
        with self.method.switched_off(), self.method.evaluating():
            yield

    @contextmanager
    def _shown(self) -> Iterator[None]:
        """Let the weights be those to use for a while."""
        with ExitStack() as stack:
            for view in (*self.views, *([self.ema.applied] if self.ema else [])):
                stack.enter_context(view())
            yield

    def _tell(self, what: str, path: Path, place: Place, size: int) -> None:
        self.report.events.emit(
            "checkpoint", what=what, path=path, step=place.current_step, epoch=place.current_epoch, bytes=size
        )

    def draw(self, place: Place, mark: str) -> None:
        """Draw every prompt with the model as it is now."""
        if self.artist is None or not self.prompts:
            return
        self.report.stage("sample", f"drawing {len(self.prompts)} sample pictures")
        paths = self._draw_all(self.artist, place, mark)
        self.samples.append((place.current_step, paths))
        self.report.pause()

    def _draw_all(self, artist: Artist, place: Place, mark: str) -> tuple[str, ...]:
        if not self.machine.is_main:
            return ()
        paths = []
        stamp = time.strftime("%Y%m%d%H%M%S")
        with self._base_shown() if mark == _BASE else self.showing():
            for index, (prompt, pixels) in enumerate(zip(self.prompts, artist.draw_all(self.prompts), strict=True)):
                seed = "" if prompt.seed is None else f"_{prompt.seed}"
                what = "_sanity" if prompt.sanity else ""
                name = f"{self.settings.output_name}_{mark}_{index:02d}{what}_{stamp}{seed}.png"
                path = output_folder(self.settings) / "sample" / name
                picture = Image.fromarray(pixels)
                with replacing(path) as part:
                    picture.save(part, format="PNG")
                self._tell_picture(path, place, index, prompt)
                if mark != _BASE:
                    self.report.picture(path, index, prompt.text)
                paths.append(str(path))
        return tuple(paths)

    def draw_grid(self, place: Place) -> Path | None:
        """Draw the base model's pictures and lay them beside every checkpoint's; return the sheet's path."""
        if self.artist is None or not self.prompts or not self.settings.sample_grid:
            return None
        if not self._drawn(place):
            self.draw(place, f"{place.current_step:06d}")
        if not self.machine.is_main:
            return None
        base = self._draw_all(self.artist, Place(), _BASE)
        drawn = [one for one in self.samples if one[0] > 0 and all(Path(path).exists() for path in one[1])]
        columns = [("base model", base), *((f"step {step}", paths) for step, paths in spread(drawn, _MOST_COLUMNS - 1))]
        sheet = self.path("-grid", ".png")
        write_grid(
            sheet, [(title, [Path(p) for p in paths]) for title, paths in columns], [row_title(p) for p in self.prompts]
        )
        return sheet

    def draw_sheet(self, place: Place) -> Path | None:
        """Draw what the method shows of itself, if it does and sample_grid is on; return the sheet's path."""
        if self.artist is None or not self.settings.sample_grid or not isinstance(self.method, DrawsSheet):
            return None
        if not self.machine.is_main:
            return None
        sheet = self.method.sheet()
        path = self.path(f"-{sheet.name}", ".png")
        self.report.stage("sample", f"drawing {len(sheet.prompts) * len(sheet.views)} pictures side by side")
        draw_sheet(sheet, self.artist, self.showing, path)
        # a sheet has pictures of several seeds
        self._tell_picture(path, place, len(self.prompts), replace(sheet.prompts[0], seed=None))
        return path

    def _tell_picture(self, path: Path, place: Place, index: int, prompt: Prompt) -> None:
        self.report.events.emit(
            "sample",
            path=path,
            step=place.current_step,
            epoch=place.current_epoch,
            index=index,
            prompt=prompt.text,
            seed=prompt.seed,
            sanity=prompt.sanity,
        )
