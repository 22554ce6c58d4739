"""Takes pictures out of videos with ffmpeg: the one on the PATH, or the one that imageio-ffmpeg brings."""

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path, PurePosixPath

from mikazuki.data.folders import Notice
from mikazuki.data.prepare_plan import Source
from mikazuki.errors import MikazukiError


@dataclass(frozen=True, slots=True)
class Frames:
    """Pictures taken out of videos, and what could not be taken."""

    sources: tuple[Source, ...]
    notices: tuple[Notice, ...]


def find_ffmpeg() -> str:
    """Return the program; raises MikazukiError (`ffmpeg-missing`) with the ways to get it."""
    found = shutil.which("ffmpeg")
    if found is None and find_spec("imageio_ffmpeg") is not None:
        found = str(import_module("imageio_ffmpeg").get_ffmpeg_exe())
    if found is None:
        raise MikazukiError(
            "ffmpeg-missing",
            "There are videos to take pictures out of, but ffmpeg is neither on the PATH nor installed with Python.",
            "Install ffmpeg, or pip install imageio-ffmpeg, or leave frames_every out.",
        )
    return found


def take_frames(root: Path, videos: Sequence[Path], folder: Path, every: float, most: int) -> Frames:
    """Take pictures out of videos.

    Args:
        root: The folder that the videos' names are told within.
        videos: The files.
        folder: Where the pictures may lie while they are needed.
        every: Seconds from one picture to the next.
        most: Pictures of one video at most.

    Raises:
        MikazukiError: `ffmpeg-missing`. A video that cannot be read becomes a notice.
    """
    ffmpeg = find_ffmpeg()
    sources: list[Source] = []
    notices: list[Notice] = []
    for number, video in enumerate(videos):
        place = folder / str(number)
        place.mkdir()
        said = _extract(ffmpeg, video, place, every, most)
        name = PurePosixPath(video.relative_to(root).as_posix())
        frames = sorted(place.glob("*.png"))
        sources += [Source(frame, name.with_name(f"{name.stem}-{frame.stem}.png"), video) for frame in frames]
        if said or not frames:
            what = "cannot be read" if not frames else f"is broken after {len(frames)} pictures"
            notices.append(Notice("video-unreadable", f"{video} {what}: {said or 'there is no picture in it'}."))
    return Frames(tuple(sources), tuple(notices))


def _extract(ffmpeg: str, video: Path, place: Path, every: float, most: int) -> str:
    """Run ffmpeg on one video; return its last complaint where it failed. Only files are opened, never the network."""
    options = ["-nostdin", "-v", "error", "-protocol_whitelist", "file", "-i", f"file:{video}"]
    wanted = ["-vf", f"fps=1/{every:g}", "-frames:v", str(most), str(place / "%05d.png")]
    done = subprocess.run([ffmpeg, *options, *wanted], capture_output=True, text=True, errors="replace", check=False)
    lines = [line.strip() for line in done.stderr.splitlines() if line.strip()]
    return (lines[-1] if lines else f"exit code {done.returncode}") if done.returncode else ""
