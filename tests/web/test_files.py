"""Folders, downloads and thumbnails: what the page's path browser and galleries ask."""

import io
import os
from pathlib import Path

import pytest
from PIL import Image
from starlette.testclient import TestClient

from mikazuki.web import listing
from mikazuki.web.downloads import media_type, raw_url, thumbnail_url
from mikazuki.web.listing import natural
from mikazuki.web.studio import Studio
from mikazuki.web.thumbnails import Thumbnails, small_picture


def picture(path: Path, size: tuple[int, int] = (300, 200), orientation: int | None = None) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    image = Image.new("RGB", size, (200, 30, 30))
    image.paste((30, 30, 200), (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    if orientation:
        exif[0x0112] = orientation
    image.save(path, exif=exif)
    return path


def names(client: TestClient, path: str, kind: str = "any") -> list[str]:
    answer = client.get("/api/files", params={"path": path, "kind": kind})
    assert answer.status_code == 200, answer.text
    return [entry["name"] for entry in answer.json()["entries"]]


def test_no_path_lists_the_roots(client: TestClient, studio: Studio) -> None:
    found = client.get("/api/files").json()
    assert found["path"] == ""
    assert found["parent"] is None
    assert [entry["name"] for entry in found["entries"]] == ["train", "sd-models", "output", "logs", "config"]
    assert found["entries"][0]["path"] == str(studio.paths.train)


def test_a_folder_lists_folders_first_then_files_as_people_count(client: TestClient, studio: Studio) -> None:
    home = studio.paths.train / "cat"
    for name in ("10.png", "2.png", "a.txt", ".hidden"):
        (home).mkdir(exist_ok=True)
        (home / name).write_bytes(b"x")
    (home / "z").mkdir()
    picture(home / "z" / "1.png")
    assert names(client, "train/cat") == ["z", "2.png", "10.png", "a.txt"]
    assert names(client, "train/cat", "picture") == ["z", "2.png", "10.png"]
    assert names(client, "train/cat", "folder") == ["z"]
    found = client.get("/api/files", params={"path": "train/cat"}).json()
    assert found["entries"][0]["pictures"] == 1
    assert found["entries"][1]["bytes"] == 1
    assert found["parent"] == str(studio.paths.train)
    assert client.get("/api/files", params={"path": "train"}).json()["parent"] == "", "above a root are the roots"


@pytest.mark.parametrize(("kind", "shown"), [("model", ["m.safetensors", "n.ckpt"]), ("settings", ["run.toml"])])
def test_a_kind_shows_its_files_only(client: TestClient, studio: Studio, kind: str, shown: list[str]) -> None:
    for name in ("m.safetensors", "n.ckpt", "run.toml", "x.png"):
        (studio.paths.models / name).write_bytes(b"")
    assert names(client, "sd-models", kind) == shown


def test_a_large_folder_says_how_much_is_left_out(
    client: TestClient, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "MOST_ENTRIES", 3)
    for number in range(5):
        (studio.paths.train / f"{number}.txt").write_bytes(b"")
    found = client.get("/api/files", params={"path": "train"}).json()
    assert (len(found["entries"]), found["more"]) == (3, 2)


def test_what_is_no_folder_is_not_listed(client: TestClient) -> None:
    assert client.get("/api/files", params={"path": "train/none"}).status_code == 404


def test_names_sort_as_people_do() -> None:
    assert sorted(["b10", "B2", "a", "b\u00b2", "10", "9"], key=natural) == ["9", "10", "a", "B2", "b10", "b\u00b2"]


def test_a_folder_is_made_once(client: TestClient, studio: Studio) -> None:
    made = client.post("/api/files/folder", json={"path": "train/new/deep"})
    assert made.json()["name"] == "deep"
    assert (studio.paths.train / "new" / "deep").is_dir()
    again = client.post("/api/files/folder", json={"path": "train/new/deep"})
    assert again.status_code == 409
    assert client.post("/api/files/folder", json={"path": "elsewhere"}).status_code == 403


def test_a_file_comes_whole_or_in_parts(client: TestClient, studio: Studio) -> None:
    file = studio.paths.output / "cat.safetensors"
    file.write_bytes(bytes(range(256)) * 40)
    whole = client.get("/api/files/raw", params={"path": str(file)}, headers={"accept-encoding": "gzip"})
    assert whole.content == file.read_bytes()
    assert "content-encoding" not in whole.headers
    assert whole.headers["content-disposition"] == 'attachment; filename="cat.safetensors"'
    part = client.get("/api/files/raw", params={"path": str(file)}, headers={"range": "bytes=10-19"})
    assert part.status_code == 206
    assert part.content == bytes(range(10, 20))
    assert part.headers["content-range"] == "bytes 10-19/10240"
    beyond = client.get("/api/files/raw", params={"path": str(file)}, headers={"range": "bytes=99999-"})
    assert beyond.status_code == 416


def test_a_browser_keeps_what_has_not_changed(client: TestClient, studio: Studio) -> None:
    file = picture(studio.paths.output / "a.png")
    first = client.get("/api/files/raw", params={"path": str(file)})
    assert first.headers["content-type"] == "image/png"
    assert first.headers["cache-control"] == "private, no-cache"
    again = client.get("/api/files/raw", params={"path": str(file)}, headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    os.utime(file, (1, 1))
    changed = client.get("/api/files/raw", params={"path": str(file)}, headers={"if-none-match": first.headers["etag"]})
    assert changed.status_code == 200
    assert "immutable" in client.get("/" + raw_url(file, 12.5)).headers["cache-control"]


@pytest.mark.parametrize("name", ["page.html", "x.svg", "y.xhtml", "z.js", "w.htm", "noending", "u.xml"])
def test_nothing_of_a_person_becomes_a_page_of_ours(client: TestClient, studio: Studio, name: str) -> None:
    (studio.paths.output / name).write_text("<script>alert(1)</script>", encoding="utf-8")
    answer = client.get("/api/files/raw", params={"path": f"output/{name}"})
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["content-security-policy"]


def test_texts_are_shown_and_saved_when_asked(client: TestClient, studio: Studio) -> None:
    (studio.paths.output / "\u6708 1.txt").write_text("\u6708", encoding="utf-8")
    shown = client.get("/api/files/raw", params={"path": "output/\u6708 1.txt"})
    assert shown.headers["content-type"] == "text/plain; charset=utf-8"
    assert "content-disposition" not in shown.headers
    saved = client.get("/api/files/raw", params={"path": "output/\u6708 1.txt", "download": "true"})
    assert saved.headers["content-disposition"] == "attachment; filename*=utf-8''%E6%9C%88%201.txt"
    assert media_type(Path("a.TOML")).startswith("text/plain")


@pytest.mark.parametrize("path", ["train", "train/none.png", "../outside.png", "/etc/passwd"])
@pytest.mark.parametrize("what", ["raw", "thumbnail"])
def test_what_is_no_file_of_ours_is_refused(client: TestClient, path: str, what: str) -> None:
    answer = client.get(f"/api/files/{what}", params={"path": path})
    assert answer.status_code in {403, 404, 422}
    assert answer.json()["errors"][0]["code"] in {
        "outside-roots", "file-not-found", "picture-not-found", "picture-broken"
    }  # fmt: skip


def test_a_thumbnail_is_small_and_turned_and_kept(client: TestClient, studio: Studio) -> None:
    file = picture(studio.paths.train / "a.jpg", (400, 200), orientation=6)
    answer = client.get("/api/files/thumbnail", params={"path": str(file), "side": 100})
    assert answer.headers["content-type"] == "image/webp"
    with Image.open(io.BytesIO(answer.content)) as small:
        assert small.size == (64, 128), "turned upright, the next larger side"
        assert small.convert("RGB").getpixel((32, 10))[2] > 150  # type: ignore[index]
    kept = list((studio.paths.logs / ".thumbnails").rglob("*.webp"))
    assert len(kept) == 1
    stamp = kept[0].stat().st_mtime_ns
    client.get("/" + thumbnail_url(file) + "&side=128")
    assert kept[0].stat().st_mtime_ns == stamp, "not made again"
    picture(file, (100, 100))
    client.get("/api/files/thumbnail", params={"path": str(file), "side": 128})
    assert len(list((studio.paths.logs / ".thumbnails").rglob("*.webp"))) == 2, "a changed picture gets a new one"


def test_transparency_stays(tmp_path: Path) -> None:
    Image.new("RGBA", (50, 40), (255, 0, 0, 0)).save(tmp_path / "t.png")
    with Image.open(io.BytesIO(small_picture(tmp_path / "t.png", 64))) as small:
        assert small.mode == "RGBA"
        assert small.size == (50, 40), "never made larger"


def test_a_broken_picture_is_told(client: TestClient, studio: Studio) -> None:
    (studio.paths.train / "b.png").write_bytes(b"no picture")
    answer = client.get("/api/files/thumbnail", params={"path": "train/b.png"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == "picture-broken"


def test_the_oldest_thumbnails_go_first(tmp_path: Path) -> None:
    kept = Thumbnails(tmp_path, most_bytes=1000)
    made = []
    for number in range(8):
        small = kept.get(picture(tmp_path / f"{number}.png"), 64)
        os.utime(small, (number, number))
        made.append(small)
    each = made[0].stat().st_size
    Thumbnails(tmp_path, most_bytes=each * 4).sweep()
    assert [file.exists() for file in made] == [False] * 5 + [True] * 3
    Thumbnails(tmp_path, most_bytes=each * 4).sweep()
    assert sum(file.exists() for file in made) == 3
