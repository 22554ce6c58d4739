"""Draw the class pictures that a training of concepts lacks, with the base model, and train nothing yet."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from mikazuki.cli.check import file_of
from mikazuki.cli.tool import run_resumable
from mikazuki.data.class_pictures import ClassOrder, class_orders
from mikazuki.errors import EXIT_DONE, EXIT_STOPPED, MikazukiError
from mikazuki.models.identify import check_family, identify
from mikazuki.models.steps import bucket_step
from mikazuki.preparing.training import read_settings
from mikazuki.settings.secrets import without_secrets
from mikazuki.settings.train import TrainSettings
from mikazuki.text import count, table

PROGRAM: Final = "mikazuki.tools.class_pictures"
SETTINGS: Final = TrainSettings
NOTHING: Final = "No class picture is missing."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("config", nargs="?", type=Path, help="settings file of the training")
    parser.add_argument("--config_file", type=Path, help="the same, as sd-scripts writes it")
    parser.add_argument("--set", metavar="KEY=VALUE", help="give one option; the last one wins, empty is the default")
    parser.add_argument("--dry-run", action="store_true", help="say which pictures are missing, draw none")
    parser.add_argument("--json", action="store_true", help="answer as JSON for programs")
    parser.epilog = "Every option works as a flag too, such as --class_batch_size 4; docs/options.md lists them."


def run(arguments: argparse.Namespace) -> int:
    """Count what is missing, and draw it in a process of its own."""
    settings, _ = without_secrets(read_settings(file_of(arguments), arguments.given))
    if not settings.concepts_list:
        raise MikazukiError(
            "no-concepts",
            "Class pictures belong to concepts, and concepts_list is not set.",
            "Set concepts_list; for pictures of a class from elsewhere name their folder in reg_data_dir.",
        )
    info = identify(settings.pretrained_model_name_or_path, settings.v_parameterization)
    check_family(info, settings.wanted_family)
    settings = settings.on_family(info.family)
    orders = class_orders(settings, bucket_step(info))
    if arguments.dry_run:
        _show(orders, as_json=arguments.json)
        return EXIT_DONE
    ending = run_resumable(PROGRAM, settings, quiet=arguments.json)
    if ending is None:
        return EXIT_STOPPED
    _say(int(ending.last["drawn"]), ending.last["folders"], as_json=arguments.json)
    return EXIT_DONE


def _show(orders: Sequence[ClassOrder], *, as_json: bool) -> None:
    """List what is missing."""
    total = sum(order.count for order in orders)
    if as_json:
        print(json.dumps({"missing": total, "orders": [_facts(order) for order in orders]}, ensure_ascii=False))
        return
    if not orders:
        print(NOTHING)
        return
    rows = [("concept", "pictures", "size", "steps", "prompt")]
    rows += [
        (str(o.concept + 1), str(o.count), f"{o.size[0]}x{o.size[1]}", str(o.steps), o.prompt or "(empty)")
        for o in orders
    ]
    folders = dict.fromkeys(str(order.folder) for order in orders)
    print("\n".join([*table(rows), "", f"{count(total, 'class picture')} to draw into {', '.join(folders)}."]))


def _facts(order: ClassOrder) -> dict[str, Any]:
    return {
        "concept": order.concept + 1,
        "folder": str(order.folder),
        "prompt": order.prompt,
        "negative_prompt": order.negative,
        "size": list(order.size),
        "count": order.count,
        "steps": order.steps,
        "guidance": order.guidance,
        "seed": order.seed,
    }


def _say(drawn: int, folders: Sequence[str], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"drawn": drawn, "folders": list(folders)}, ensure_ascii=False))
    else:
        print(f"{count(drawn, 'class picture')} drawn into {', '.join(folders)}." if drawn else NOTHING)
