"""What the guided mode reads off folders and models."""

from pathlib import Path

import pytest
from PIL import Image

from mikazuki.engines.machine import Gpu
from mikazuki.errors import MikazukiError
from mikazuki.preparing import guide_facts
from mikazuki.preparing.guide_facts import Facts, look
from tests.cli import world

CARD = Gpu(0, "card", 8 * 2**30, 1, "1")


@pytest.fixture(autouse=True)
def no_card(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guide_facts, "gpus", list)


def facts_of(root: Path, folder: Path, memory: int | None = None) -> Facts:
    model = world.safetensors(root / "model.safetensors", world.SD1)
    return look("character", folder, model, memory=memory, output=root / "output").facts


def test_a_plain_folder(root: Path) -> None:
    folder = world.pictures(root / "aki", 4)
    (folder / "0.txt").unlink()
    (root / "aki-reg").mkdir()
    facts = facts_of(root, folder)
    assert (facts.pictures, facts.median, facts.shown, facts.numbered) == (4, 78, 4, False)
    assert facts.captions == ("sks cat, on grass",) * 3
    assert (facts.trigger, facts.regularisation) == ("aki", str(root / "aki-reg"))
    assert (facts.family, facts.native, facts.tiny, facts.memory) == ("sd1", 512, True, None)


def test_numbered_folders_and_the_ending_that_most_captions_have(root: Path) -> None:
    for number in (2, 3):
        folder = world.pictures(root / "all" / f"{number}_sks cat", 2)
        for text in folder.glob("*.txt"):
            text.rename(text.with_suffix(".caption"))
    facts = facts_of(root, root / "all")
    assert (facts.pictures, facts.shown, facts.numbered) == (4, 10, True)
    assert (facts.caption_extension, len(facts.captions), facts.trigger) == (".caption", 4, "sks cat")
    assert facts_of(root, root / "all" / "2_sks cat").numbered


def test_the_card_is_the_first_one_unless_another_is_planned_for(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guide_facts, "gpus", lambda: [CARD])
    folder = world.pictures(root / "aki", 1)
    assert facts_of(root, folder).memory == 8 * 2**30
    assert facts_of(root, folder, 5).memory == 5


def test_outputs_that_are_there_and_broken_pictures(root: Path) -> None:
    folder = world.pictures(root / "aki", 2)
    (folder / "broken.png").write_bytes(b"no picture")
    Image.new("RGB", (400, 100)).save(folder / "wide.png")
    (root / "output").mkdir()
    for name in ("Aki.safetensors", "bo.pt", "bo-2.ckpt", "notes.txt"):
        (root / "output" / name).touch()
    (root / "output" / "whole").mkdir()
    facts = facts_of(root, folder)
    assert facts.sides == (78, 78, 200)
    assert facts.taken == {"aki", "bo", "bo-2", "whole"}


def test_what_is_not_there_is_said(root: Path) -> None:
    with pytest.raises(MikazukiError) as found:
        facts_of(root, root / "gone")
    assert found.value.code == "dataset-not-found"
