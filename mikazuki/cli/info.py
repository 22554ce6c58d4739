"""Show what a model or an adapter file is, how big its parts are, and the recipe written inside it."""

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

from mikazuki.errors import EXIT_DONE, MikazukiError
from mikazuki.models.classify import is_lora
from mikazuki.models.families import FAMILY_TITLES
from mikazuki.models.identify import file_shapes, identify, not_found
from mikazuki.models.metadata import read_metadata
from mikazuki.text import count, size, table

LONGEST_VALUE = 200


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("path", type=Path, help="a .safetensors, .ckpt or .pt file, or a diffusers folder")
    parser.add_argument("--json", action="store_true", help="answer as JSON, long values whole")


def run(arguments: argparse.Namespace) -> int:
    """Describe the file."""
    path: Path = arguments.path
    if not path.exists():
        raise not_found(path, "the path")
    facts = _adapter(path) if path.is_file() and is_lora(file_shapes(path)) else _model(path)
    if arguments.json:
        print(json.dumps(facts, ensure_ascii=False))
        return EXIT_DONE
    metadata = facts.pop("metadata")
    print("\n".join(table([(name, _short(value)) for name, value in facts.items()], indent="")))
    if metadata:
        print("\nmetadata")
        print("\n".join(table([(name, _short(metadata[name])) for name in sorted(metadata)])))
    return EXIT_DONE


def _adapter(path: Path) -> dict[str, Any]:
    shapes = file_shapes(path)
    downs = {name: shape for name, shape in shapes.items() if name.endswith("lora_down.weight")}
    ranks = Counter(shape[0] for shape in downs.values())
    parts = Counter("text encoder" if name.startswith("lora_te") else "UNet" for name in downs)
    return {
        "file": str(path),
        "kind": "LoRA",
        "size": size(path.stat().st_size),
        "rank": ", ".join(f"{rank} ({count(number, 'module')})" for rank, number in ranks.most_common()) or "unknown",
        "trains": ", ".join(f"{part}: {count(number, 'module')}" for part, number in sorted(parts.items())),
        "metadata": read_metadata(path),
    }


def _model(path: Path) -> dict[str, Any]:
    try:
        info = identify(path)
    except MikazukiError as error:
        if error.code not in {"is-a-vae", "is-an-embedding", "is-a-hypernetwork"}:
            raise
        kind = error.code.removeprefix("is-a-").removeprefix("is-an-")
        return {
            "file": str(path),
            "kind": kind.upper() if kind == "vae" else kind,
            "size": size(path.stat().st_size),
            "metadata": read_metadata(path),
        }
    return {
        "file": str(path),
        "kind": f"base model, {FAMILY_TITLES[info.family]} ({info.family})",
        "size": size(info.bytes),
        "layout": "diffusers folder" if info.layout == "diffusers" else "one file",
        "predicts": "v" if info.prediction_type == "v_prediction" else "noise",
        "vae": "its own" if info.has_vae else "none",
        "metadata": info.metadata,
    }


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}... ({len(text):,} characters)"
