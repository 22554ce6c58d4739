"""Writes the studio's OpenAPI document, which the page's types are made from: python -m mikazuki.web.openapi FILE."""

import json
import sys
from pathlib import Path

from mikazuki.web.app import create_app


def document() -> str:
    """Return the document as text, always the same for the same routes."""
    return json.dumps(create_app().openapi(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(document(), encoding="utf-8")
