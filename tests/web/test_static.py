"""The built page, which comes with the project: it belongs to its source, and is small."""

import gzip
import hashlib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FRONTEND = ROOT / "frontend"
STATIC = ROOT / "mikazuki" / "web" / "static"
SOURCES = ("index.html", "package.json", "package-lock.json", "vite.config.ts", "public", "src")


def digest() -> str:
    """Compute what vite.config.ts writes beside the built files."""
    paths = [path for name in SOURCES for path in (FRONTEND / name, *(FRONTEND / name).rglob("*")) if path.is_file()]
    whole = hashlib.sha256()
    for name in sorted(path.relative_to(FRONTEND).as_posix() for path in paths):
        whole.update(f"{name}\n".encode())
        whole.update((FRONTEND / name).read_text(encoding="utf-8").replace("\r\n", "\n").encode())
    return whole.hexdigest()


def test_the_built_page_belongs_to_its_source() -> None:
    built = (STATIC / "source.sha256").read_text(encoding="ascii").strip()
    assert built == digest(), "run `npm ci && npm run build` in frontend/ and commit mikazuki/web/static"


def test_the_page_is_at_most_a_megabyte_on_its_way() -> None:
    sent = [path for path in STATIC.rglob("*") if path.suffix in {".js", ".css", ".html", ".svg"}]
    assert sum(len(gzip.compress(path.read_bytes(), 9)) for path in sent) <= 1_000_000


@pytest.mark.parametrize("kind", ["js", "css", "html"])
def test_nothing_is_loaded_from_outside(kind: str) -> None:
    for path in STATIC.rglob(f"*.{kind}"):
        text = path.read_text(encoding="utf-8")
        for mark in ("@import", 'src="http', 'href="http', "url(http", "//fonts.", "cdn."):
            assert mark not in text, f"{mark} in {path.name}"
