"""The command `prepare`: copies in a process of its own, reports, refusals, and how it is stopped."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image

from mikazuki.cli import main as cli
from mikazuki.cli import prepare, tool
from mikazuki.cli.follow import Interrupts
from mikazuki.paths import Paths


@pytest.fixture
def pictures(root: Path) -> Path:
    folder = root / "in"
    folder.mkdir()
    for number in range(4):
        Image.radial_gradient("L").rotate(90 * number).save(folder / f"{number}.png")
    (folder / "0.txt").write_text("a circle", encoding="utf-8")
    return folder


def test_copies_are_made_and_counted(pictures: Path, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (pictures / "zero.png").touch()
    words = ["prepare", str(pictures), str(root / "out"), "--resolution", "128", "--words", "sks circle", "--mirror"]
    assert cli.main([*words, "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert (facts["written"], facts["kept"], facts["failed"]) == (4, 0, 1)
    assert "zero.png" in facts["warnings"][0]
    assert (root / "out" / "40_sks circle" / "0-mirrored.txt").is_file()
    assert cli.main(words) == 0
    said = capsys.readouterr().out
    assert "0 pictures prepared, 4 stood already, 1 could not be" in said
    assert "warning: 1 picture cannot be read" in said


@pytest.mark.usefixtures("pictures")
def test_a_settings_file_and_flags_ask_together(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(root)
    (root / "a.toml").write_text('image_dir = "in"\noutput_dir = "out"\nresolution = 64\n', encoding="utf-8")
    assert cli.main(["prepare", "a.toml", "--image_format=webp"]) == 0
    assert f"{root / 'out'}: 4 pictures prepared." in capsys.readouterr().out
    with Image.open(root / "out" / "0.webp") as image:
        assert image.size == (64, 64)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["in"], "Name OUT behind FOLDER"),
        (["in", "out", "--crop", "middle"], "is none of centre"),
        (["in", "out", "--crops", "smart"], "did you mean crop"),
        (["in", "in/out"], "one in the other"),
        (["gone", "out"], "does not exist"),
        (["in", "out", "--matting_model", "gone.onnx"], "gone.onnx"),
        (["gone", "--report"], "does not exist"),
    ],
)
@pytest.mark.usefixtures("pictures")
def test_wrong_requests_are_refused_in_words(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    monkeypatch.chdir(root)
    monkeypatch.setattr(prepare, "repository", lambda: Paths(root))
    assert cli.main(["prepare", *words]) == 2
    assert said in capsys.readouterr().err
    assert not (root / "out").exists()


def test_a_report_says_what_to_look_at_and_leaves_the_folder_as_it_is(
    pictures: Path, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(prepare, "repository", lambda: Paths(root))
    (pictures / "copy.png").write_bytes((pictures / "1.png").read_bytes())
    before = sorted(pictures.iterdir())
    words = ["prepare", str(pictures), "--report", "--resolution", "1024"]
    assert cli.main(words) == 0
    said = capsys.readouterr().out
    assert "duplicates: the same file: 1.png, copy.png" in said
    assert "tiny: 0.png is 256x256: it has to be enlarged 4.0 times for 1024x1024" in said
    assert cli.main([*words, "--json", "--report_file", str(root / "report.json")]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts == json.loads((root / "report.json").read_text(encoding="utf-8"))
    assert facts["readable"] == 5
    assert sorted(pictures.iterdir()) == before
    assert len(list((root / "logs" / "scans").iterdir())) == 1


def test_an_interrupt_ends_it_and_the_next_command_goes_on(
    pictures: Path, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(4, 24):
        Image.radial_gradient("L").resize((300, 300)).save(pictures / f"{number}.png")

    @contextmanager
    def interrupted() -> Iterator[Interrupts]:
        once = Interrupts()
        once.count = 1
        yield once

    words = ["prepare", str(pictures), str(root / "out"), "--resolution", "64"]
    with monkeypatch.context() as patch:
        patch.setattr(tool, "counted_interrupts", interrupted)
        assert cli.main(words) == 130
    assert "goes on from here" in capsys.readouterr().err
    first = len(list((root / "out").glob("*.png")))
    assert 0 < first < 24
    assert cli.main([*words, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["kept"] == first


def test_help_lists_the_options_of_the_copies(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["prepare", "--help"])
    said = capsys.readouterr().out
    assert "--crop centre|smart|bucket|boxes|none" in said
    assert "--matting_model" in said
