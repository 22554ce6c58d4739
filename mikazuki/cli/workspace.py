"""Make workspaces of base models, keep their settings, train on, write checkpoints, look at what became of them."""

import argparse
import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from mikazuki.bin import BIN_FOLDER, Bin
from mikazuki.cli.build import build as build_checkpoint
from mikazuki.cli.check import positive
from mikazuki.cli.tool import run_tool, say_queued
from mikazuki.errors import EXIT_DONE, EXIT_STOPPED, MikazukiError
from mikazuki.files import write_text
from mikazuki.jobs.queue import Queue
from mikazuki.paths import Paths, repository
from mikazuki.preparing import workspaces
from mikazuki.preparing.config_files import Parsed, as_toml, parse_text
from mikazuki.preparing.hub_models import find_model, is_repository
from mikazuki.preparing.queueing import Wish
from mikazuki.preparing.workspace_files import Workspace, Workspaces, load_params, save_params
from mikazuki.preparing.workspace_import import read_db_config
from mikazuki.preparing.workspaces import Reached, Trainings
from mikazuki.settings.build_checkpoint import BuildSettings
from mikazuki.settings.fetch import FetchSettings
from mikazuki.settings.program_forms import FETCH
from mikazuki.text import count, table

FROM_ELSEWHERE: Final = ".json"
"""Ending of settings of the DreamBooth extension."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions and their arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    creating = _action(actions, "create", "make one of a base model; one at Hugging Face is fetched")
    creating.add_argument("source", help="base model: a file, a diffusers folder, or owner/name at Hugging Face")
    v_option = argparse.BooleanOptionalAction
    creating.add_argument("--v_parameterization", action=v_option, default=None, help="whether the model predicts v")
    _action(actions, "list", "show all of them", named=False)
    _action(actions, "show", "show one: how far it is, its snapshots and models")
    _action(actions, "history", "show its trainings and what each changed of the settings of the one before")
    saving = _action(actions, "save", "keep a settings file in it")
    saving.add_argument("config", type=Path, help="settings: .toml, or a db_config.json of the DreamBooth extension")
    saving.add_argument("--from", dest="loaded_from", metavar="NAME", help="workspace that they were loaded from")
    saving.add_argument(
        "--yes", action="store_true", help="let them take the place of this one's, wherever they are from"
    )
    loading = _action(actions, "load", "print its settings, or write them into a file")
    loading.add_argument("config", nargs="?", type=Path, help="file to write")
    loading.add_argument("--into", metavar="NAME", help="for another workspace: model and folder are that one's")
    training = _action(actions, "train", "put a training with its settings into the queue")
    training.add_argument("--resume", metavar="SNAPSHOT", help="go on from a snapshot, last for the farthest")
    training.add_argument("--epochs", type=positive, help="epochs beyond those that the snapshot has behind it")
    training.add_argument("--overwrite", action="store_true", help="let it replace the files of a training before")
    training.add_argument("--hold", action="store_true", help="hold it back until it is released")
    _declare_building(_action(actions, "build", "write a checkpoint of a snapshot"))
    _action(actions, "delete", "put it into the bin with all that lies in it")
    fetching = _action(actions, "fetch", "download a base model from Hugging Face", named=False)
    fetching.add_argument("repository", help="owner/name")


def _action(actions: Any, name: str, text: str, *, named: bool = True) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = actions.add_parser(name, help=text, description=text, allow_abbrev=False)
    if named:
        parser.add_argument("name", help="the workspace")
    parser.add_argument("--json", action="store_true", help="answer as JSON for programs")
    return parser


def _declare_building(parser: argparse.ArgumentParser) -> None:
    fields = BuildSettings.model_fields
    parser.add_argument("--snapshot", default="last", help="which one (default: %(default)s, the farthest)")
    for name in ("ema", "save_in_subfolder"):
        parser.add_argument(f"--{name}", action="store_true", help=fields[name].description)
    parser.add_argument("--half", action="store_true", help="write fp16")
    for name in ("lora", "output_dir", "output_name"):
        parser.add_argument(f"--{name}", help=fields[name].description)
    parser.add_argument("--lora_weight", type=float, default=1.0, help=fields["lora_weight"].description)
    parser.add_argument("--save_model_as", default="safetensors", choices=("safetensors", "ckpt", "diffusers"))
    parser.add_argument("--queue", action="store_true", help="put it into the queue instead of starting it")


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked for."""
    return ACTIONS[arguments.action](arguments, repository())


def _shelf(paths: Paths) -> Workspaces:
    return Workspaces(paths.workspaces)


def _create(arguments: argparse.Namespace, paths: Paths) -> int:
    source = arguments.source
    try:
        model = find_model(source, Path.cwd(), paths.models)
    except MikazukiError as error:
        if error.code != "model-not-fetched":
            raise
        fetched = _get(source, paths, quiet=arguments.json)
        if fetched is None:
            return EXIT_STOPPED
        if not arguments.json:
            print(f"{fetched} is here.")
        model = find_model(source, Path.cwd(), paths.models)
    named = source if is_repository(source) and not Path(source).exists() else str(model.absolute())
    made = _shelf(paths).create(arguments.name, model.absolute(), named, arguments.v_parameterization)
    if arguments.json:
        print(json.dumps(_facts(made, Reached()), ensure_ascii=False))
    else:
        print(f"{made.name} is made in {made.folder}: {made.family}, {made.resolution} pixels.")
        print(f"Its settings: python -m mikazuki workspace load {made.name!r} settings.toml; save keeps them.")
    return EXIT_DONE


def _fetch(arguments: argparse.Namespace, paths: Paths) -> int:
    fetched = _get(arguments.repository, paths, quiet=arguments.json)
    if fetched is None:
        return EXIT_STOPPED
    print(json.dumps({"path": fetched}, ensure_ascii=False) if arguments.json else f"{fetched} is here.")
    return EXIT_DONE


def _get(name: str, paths: Paths, *, quiet: bool) -> str | None:
    """Fetch a base model and return where it lies; None where Ctrl-C ended it."""
    from mikazuki.preparing.programs import examine

    settings = FetchSettings(repository=name, models_dir=str(paths.models))
    examine(settings)
    last = run_tool(FETCH.module, settings, quiet=quiet).last
    return None if last["kind"] == "stopped" else str(last["path"])


def _list(arguments: argparse.Namespace, paths: Paths) -> int:
    trainings = Trainings(paths.jobs)
    found = [(one, workspaces.reached(one, trainings)) for one in _shelf(paths).all()]
    if arguments.json:
        print(json.dumps([_facts(*pair) for pair in found], ensure_ascii=False))
    elif found:
        rows = [(one.name, one.family, f"epoch {at.epoch}", f"{at.images} pictures", one.source) for one, at in found]
        print("\n".join(table(rows, indent="")))
    else:
        print("There is no workspace yet: python -m mikazuki workspace create NAME MODEL.")
    return EXIT_DONE


def _show(arguments: argparse.Namespace, paths: Paths) -> int:
    one = _shelf(paths).get(arguments.name)
    at, kept = workspaces.reached(one, Trainings(paths.jobs)), workspaces.snapshots(one)
    models = workspaces.models_of(one)
    if arguments.json:
        states = [{"name": s.name, "path": str(s.folder), "has_ema": s.has_ema, **asdict(s.reached)} for s in kept]
        told = {**_facts(one, at), "snapshots": states, "models": [str(path) for path in models]}
        print(json.dumps(told, ensure_ascii=False))
        return EXIT_DONE
    rows = [
        ("source", one.source), ("family", one.family), ("predicts", one.prediction_type),
        ("resolution", str(one.resolution)), ("mean of weights", "yes" if one.has_ema else "no"),
        ("trained", f"{count(at.epoch, 'epoch')}, {count(at.images, 'picture')}"), ("folder", str(one.folder)),
    ]  # fmt: skip
    rows += [("snapshot", f"{s.name}: epoch {s.reached.epoch}, {count(s.reached.images, 'picture')}") for s in kept]
    print("\n".join(table([*rows, *(("model", str(path)) for path in models)], indent="")))
    return EXIT_DONE


def _history(arguments: argparse.Namespace, paths: Paths) -> int:
    found = workspaces.history(_shelf(paths).get(arguments.name), Trainings(paths.jobs))
    if arguments.json:
        told = [{"job": one.job.id, **asdict(one.reached), "changes": one.changes} for one in found]
        print(json.dumps(told, ensure_ascii=False))
        return EXIT_DONE
    for one in found:
        print(f"{one.job.id}: until epoch {one.reached.epoch}, {count(one.reached.images, 'picture')}")
        print("".join(f"  {option}: {before} -> {after}\n" for option, before, after in one.changes), end="")
    if not found:
        print("It has not been trained yet.")
    return EXIT_DONE


def _save(arguments: argparse.Namespace, paths: Paths) -> int:
    one, config = _shelf(paths).get(arguments.name), arguments.config
    found = _read(config)
    for problem in found.problems:
        raise problem
    values = {**found.values, "method": found.method}
    origin = arguments.loaded_from or _origin(found, _shelf(paths))
    save_params(one, values, loaded_from=origin, confirmed=arguments.yes)
    if arguments.json:
        print(json.dumps({"path": str(one.params), "notes": found.notes}, ensure_ascii=False))
    else:
        print("".join(f"note: {note}\n" for note in found.notes) + f"{one.params} is written.")
    return EXIT_DONE


def _read(config: Path) -> Parsed:
    try:
        text = config.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        hint = "Save it again with the encoding UTF-8: in Notepad, Save as, Encoding."
        raise MikazukiError("config-not-utf8", f"{config} is not UTF-8 text.", hint) from error
    if config.suffix.lower() == FROM_ELSEWHERE:
        try:
            return read_db_config(text)
        except MikazukiError as error:
            if error.code != "old-file-unreadable":
                raise
    return parse_text(text, config.name)


def _origin(found: Parsed, shelf: Workspaces) -> str | None:
    """Return the workspace whose files the settings write, as `load` puts it into them."""
    folder = Path(str(found.values.get("output_dir") or ""))
    return folder.name if folder.parent == shelf.folder else None


def _load(arguments: argparse.Namespace, paths: Paths) -> int:
    shelf = _shelf(paths)
    found = load_params(shelf.get(arguments.name), shelf.get(arguments.into) if arguments.into else None)
    values = {"method": found.method, **found.values}
    if arguments.config is None:
        print(json.dumps(values, ensure_ascii=False) + "\n" if arguments.json else as_toml(values), end="")
        return EXIT_DONE
    if arguments.config.exists():
        raise MikazukiError("output-exists", f"{arguments.config} is there already.", "Name a new file.")
    write_text(arguments.config, as_toml(values))
    path = str(arguments.config)
    print(json.dumps({"path": path}, ensure_ascii=False) if arguments.json else f"{path} is written.")
    return EXIT_DONE


def _train(arguments: argparse.Namespace, paths: Paths) -> int:
    one, queue = _shelf(paths).get(arguments.name), Queue(paths.jobs)
    values = workspaces.training_values(one, arguments.resume, arguments.epochs)
    job = workspaces.start(queue, one, values, Wish(held=arguments.hold, overwrite=arguments.overwrite))
    say_queued(job, as_json=arguments.json)
    return EXIT_DONE


def _build(arguments: argparse.Namespace, paths: Paths) -> int:
    one = _shelf(paths).get(arguments.name)
    state = workspaces.snapshot(one, arguments.snapshot)
    settings = BuildSettings(
        state=str(state.folder),
        pretrained_model_name_or_path=one.model,
        lora=str(Path(arguments.lora).absolute()) if arguments.lora else None,
        lora_weight=arguments.lora_weight,
        ema=arguments.ema,
        output_dir=str(Path(arguments.output_dir).absolute() if arguments.output_dir else paths.output),
        output_name=arguments.output_name or one.name,
        save_in_subfolder=arguments.save_in_subfolder,
        save_model_as=arguments.save_model_as,
        save_precision="fp16" if arguments.half else None,
    )
    return build_checkpoint(settings, queue=arguments.queue, as_json=arguments.json)


def _delete(arguments: argparse.Namespace, paths: Paths) -> int:
    one = _shelf(paths).get(arguments.name)
    item = workspaces.delete(one, Bin(paths.logs / BIN_FOLDER), Queue(paths.jobs))
    if arguments.json:
        print(json.dumps({"id": item}))
    else:
        print(f"{one.folder} lies in the bin. To bring it back: python -m mikazuki models restore {item}")
    return EXIT_DONE


def _facts(one: Workspace, at: Reached) -> dict[str, Any]:
    return {"name": one.name, **asdict(one), "folder": str(one.folder), **asdict(at)}


ACTIONS: Final[dict[str, Callable[[argparse.Namespace, Paths], int]]] = {
    "create": _create,
    "list": _list,
    "show": _show,
    "history": _history,
    "save": _save,
    "load": _load,
    "train": _train,
    "build": _build,
    "delete": _delete,
    "fetch": _fetch,
}
