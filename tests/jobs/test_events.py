import json
from pathlib import Path

from mikazuki.events import EventWriter
from mikazuki.jobs.events import EventReader


def test_what_is_written_is_read_and_then_only_what_is_new(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    writer, reader = EventWriter(path), EventReader(path)
    assert reader.read() == []
    writer.emit("stage", name="train", text="\u8bad\u7ec3")
    writer.emit("progress", step=1, loss=float("nan"))
    first = reader.read()
    assert [event["kind"] for event in first] == ["stage", "progress"]
    assert (first[0]["text"], first[1]["loss"]) == ("\u8bad\u7ec3", None)
    assert isinstance(first[0]["time"], float)
    writer.emit("progress", step=2)
    assert [event["step"] for event in reader.read()] == [2]
    assert reader.read() == []


def test_half_a_line_waits_for_its_end(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    line = json.dumps({"time": 1.0, "kind": "warning", "text": "\u732b"}, ensure_ascii=False).encode() + b"\n"
    reader = EventReader(path)
    found = []
    for cut in range(len(line)):
        path.write_bytes(line + line[:cut])
        found += reader.read()
    assert len(found) == 1
    path.write_bytes(line + line)
    assert len(reader.read()) == 1


def test_reading_goes_on_from_an_offset(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    writer = EventWriter(path)
    writer.emit("progress", step=1)
    first = EventReader(path)
    first.read()
    writer.emit("progress", step=2)
    assert [event["step"] for event in EventReader(path, first.offset).read()] == [2]
    assert [event["step"] for event in EventReader(path).read()] == [1, 2]


def test_torn_and_strange_lines_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_bytes(b'{"kind": "progr\n[1]\n\xff\xfe\n{"kind": 3}\n{"kind": "done"}\n')
    assert EventReader(path).read() == [{"kind": "done"}]
