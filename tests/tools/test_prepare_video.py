"""Pictures out of videos, by a stand-in for ffmpeg; the real one is asked for in words where it is missing."""

import sys
from pathlib import Path

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.events import EventWriter
from mikazuki.settings.preparing_pictures import PrepareSettings
from mikazuki.tools import prepare_video
from mikazuki.tools.prepare import prepare
from mikazuki.tools.prepare_video import take_frames

STAND_IN = """#!{python}
import sys
from PIL import Image
words = sys.argv[1:]
video = words[words.index("-i") + 1]
assert video.startswith("file:") and words[words.index("-protocol_whitelist") + 1] == "file"
assert words[words.index("-vf") + 1] == "fps=1/2.5" and words[words.index("-frames:v") + 1] == "7"
if "broken" in video:
    sys.exit("first\\nInvalid data found")
for number in (1, 2):
    Image.new("RGB", (80, 70), (number, 0, 0)).save(words[-1] % number)
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script")


@pytest.fixture
def ffmpeg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "bin" / "ffmpeg"
    program.parent.mkdir()
    program.write_text(STAND_IN.format(python=sys.executable), encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))


@pytest.fixture
def videos(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("-clip [1].mp4", "broken.mkv"):
        (folder / name).write_bytes(b"video")
    (folder / "-clip [1].txt").write_text("a cat moves", encoding="utf-8")
    return folder


@pytest.mark.usefixtures("ffmpeg")
def test_frames_become_pictures_with_the_videos_caption_and_are_made_once(videos: Path, tmp_path: Path) -> None:
    asked = {"image_dir": str(videos), "output_dir": str(tmp_path / "out"), "resolution": 64}
    settings = PrepareSettings.model_validate({**asked, "frames_every": 2.5, "max_frames": 7})
    events = tmp_path / "events.jsonl"
    assert prepare(settings, EventWriter(events))["written"] == 2
    names = sorted(path.name for path in (tmp_path / "out").iterdir() if not path.name.startswith("."))
    assert names == [f"-clip [1]-0000{number}{suffix}" for number in (1, 2) for suffix in (".png", ".txt")]
    assert (tmp_path / "out" / names[1]).read_text(encoding="utf-8") == "a cat moves"
    assert "broken.mkv cannot be read: Invalid data found" in events.read_text(encoding="utf-8")
    assert prepare(settings, EventWriter(None))["kept"] == 2


def test_without_frames_every_videos_are_left_alone_and_told(videos: Path, tmp_path: Path) -> None:
    settings = PrepareSettings(image_dir=str(videos), output_dir=str(tmp_path / "out"))
    events = tmp_path / "events.jsonl"
    assert prepare(settings, EventWriter(events))["written"] == 0
    assert "set frames_every" in events.read_text(encoding="utf-8")


def test_a_missing_ffmpeg_is_told_with_the_ways_to_get_it(
    videos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(prepare_video, "find_spec", lambda _name: None)
    with pytest.raises(MikazukiError, match="imageio-ffmpeg"):
        take_frames(videos, list(videos.glob("*.mp4")), tmp_path, 1.0, 1)
