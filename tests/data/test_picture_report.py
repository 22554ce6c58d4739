"""Each finding has its cause; a folder without any says so."""

import json
from pathlib import Path

import numpy as np
from PIL import Image

from mikazuki.data.picture_report import Report, ReportOptions, make_report, report_lines
from mikazuki.data.scan import scan_folder
from tests.data.conftest import MakePicture


def report(folder: Path) -> Report:
    return make_report(scan_folder(folder), ReportOptions(resolution=(64, 64)))


def found(folder: Path) -> dict[str, list[tuple[str, ...]]]:
    by_code: dict[str, list[tuple[str, ...]]] = {}
    for finding in report(folder).findings:
        by_code.setdefault(finding.code, []).append(finding.pictures)
    return by_code


def test_every_finding_has_its_cause(tmp_path: Path, make_picture: MakePicture) -> None:
    whole = make_picture(tmp_path / "a.png", (90, 80), "a cat")
    (tmp_path / "same.png").write_bytes(whole.read_bytes())
    with Image.open(whole) as image:
        image.resize((180, 160), Image.Resampling.BICUBIC).save(tmp_path / "near.png")
    make_picture(tmp_path / "sub" / "small.bmp", (30, 30), " ")
    make_picture(tmp_path / "wide.tiff", (500, 100), "wide")
    Image.fromarray(np.tile(np.arange(128, dtype=np.uint8), (128, 1))).save(tmp_path / "soft.png")
    (tmp_path / "zero.jpg").touch()
    (tmp_path / "clip.mp4").touch()
    (tmp_path / "photo.heic").touch()
    assert found(tmp_path) == {
        "unreadable": [("zero.jpg",)],
        "duplicates": [("a.png", "same.png")],
        "near-duplicates": [("a.png", "near.png")],
        "blurred": [("soft.png",)],
        "tiny": [("sub/small.bmp",)],
        "extreme-ratio": [("wide.tiff",)],
        "not-trainable": [("wide.tiff",)],
        "caption-missing": [("near.png", "same.png", "soft.png")],
        "caption-empty": [("sub/small.bmp",)],
        "file-skipped": [()],
        "videos": [("clip.mp4",)],
    }


def test_the_report_is_json_and_text(tmp_path: Path, make_picture: MakePicture) -> None:
    make_picture(tmp_path / "a.png", (90, 80), "a cat")
    facts = json.loads(json.dumps(report(tmp_path).as_json()))
    assert facts["readable"] == 1
    assert facts["measured"][0]["size"] == [90, 80]
    assert facts["measured"][0]["caption"] == "a cat"
    assert len(facts["measured"][0]["likeness"]) == 16
    assert report_lines(report(tmp_path)) == [f"{tmp_path}: 1 readable picture", "  nothing to complain of"]
    (tmp_path / "b.png").touch()
    assert "  unreadable: b.png: the file is empty" in report_lines(report(tmp_path))
