"""Paths from outside lie below an allowed folder, whatever they look like."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from mikazuki.errors import MikazukiError
from mikazuki.web.roots import Roots
from mikazuki.web.studio import Studio


@pytest.fixture
def roots(tmp_path: Path) -> Roots:
    (tmp_path / "train" / "cat").mkdir(parents=True)
    (tmp_path / "secret").mkdir()
    return Roots.of(tmp_path, [tmp_path / "train"])


def test_what_lies_below_is_given_back_resolved(roots: Roots, tmp_path: Path) -> None:
    expected = (tmp_path / "train" / "cat").resolve()
    for path in ("train/cat", "./train/../train/cat", str(expected), "train/cat/"):
        assert roots.allowed(path) == expected
    assert roots.allowed("train/new/deep") == expected.parent / "new" / "deep", "it need not exist"


@pytest.mark.parametrize("path", ["", ".", "..", "secret", "train/../secret", "/", "/etc/passwd", "train2", "~"])
def test_what_lies_elsewhere_is_refused(roots: Roots, path: str) -> None:
    with pytest.raises(MikazukiError) as caught:
        roots.allowed(path)
    assert caught.value.code == "outside-roots"


def test_a_path_that_is_none(roots: Roots) -> None:
    with pytest.raises(MikazukiError) as caught:
        roots.allowed("train/\0")
    assert caught.value.code == "path-wrong"


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_counts_as_what_it_points_to(roots: Roots, tmp_path: Path) -> None:
    (tmp_path / "train" / "out").symlink_to(tmp_path / "secret")
    with pytest.raises(MikazukiError):
        roots.allowed("train/out/key.txt")
    (tmp_path / "linked").symlink_to(tmp_path / "train")
    assert roots.allowed("linked/cat") == (tmp_path / "train" / "cat").resolve()


@given(st.lists(st.sampled_from(["..", ".", "train", "cat", "secret", "/", "\\", "a b", "C:"]), max_size=8))
def test_no_path_leads_out(parts: list[str]) -> None:
    base = Path("/nowhere/project")
    roots = Roots.of(base, [base / "train"])
    try:
        found = roots.allowed("/".join(parts))
    except MikazukiError:
        return
    assert found.is_relative_to(base / "train")
    assert ".." not in found.parts


def test_a_root_knows_itself(roots: Roots, tmp_path: Path) -> None:
    assert roots.is_root((tmp_path / "train").resolve())
    assert not roots.is_root((tmp_path / "train" / "cat").resolve())


def test_more_roots_come_from_the_command_line_and_from_preferences(
    studio: Studio, client: TestClient, tmp_path: Path
) -> None:
    named, chosen = tmp_path / "named", tmp_path / "chosen"
    named.mkdir()
    chosen.mkdir()
    studio.more_roots.append(named)
    assert client.get("/api/files", params={"path": str(named)}).status_code == 200
    assert client.get("/api/files", params={"path": str(chosen)}).status_code == 403
    assert client.put("/api/preferences", json={"roots": [str(chosen)]}).status_code == 200
    assert client.get("/api/files", params={"path": str(chosen)}).status_code == 200
    assert [root["name"] for root in client.get("/api/studio").json()["roots"]][-2:] == ["named", "chosen"]
