"""The workbench of a folder: a draft that outlives a restart, Save, conflicts, giving a Save back."""

import threading
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from mikazuki.data.workbench.asked import Query, Selection
from mikazuki.data.workbench.bench import Workbench
from mikazuki.data.workbench.operations import Operation
from mikazuki.errors import MikazukiError
from tests.data.workbench.conftest import CAPTIONS, Open

ALL = Selection()


def op(kind: str, **given: object) -> Operation:
    adapter: TypeAdapter[Operation] = TypeAdapter(Operation)
    return adapter.validate_python({"kind": kind, **given})


ADD = op("add", tags=["x"])


def texts(bench: Workbench) -> dict[str, str | None]:
    return {row.name.removesuffix(".png"): row.text for row in bench.rows()}


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.txt")}


def test_looking_writes_nothing(bench: Workbench, folder: Path, tmp_path: Path) -> None:
    before = files(folder)
    bench.state()
    bench.preview(ALL, ADD, ",")
    assert texts(bench) == {name: text.strip() if text else text for name, text in CAPTIONS.items()} | {
        "sub/f": "1boy,  long hair ,"
    }
    assert files(folder) == before
    assert not (tmp_path / "drafts").exists()


def test_a_preview_shows_what_apply_does(bench: Workbench) -> None:
    found = bench.preview(ALL, ADD, ",")
    assert (found.asked, len(found.changes)) == (6, 6)
    assert bench.apply(ALL, ADD, ",", found.revision) == 6
    assert {entry.name: new for entry, _, new in found.changes} == {row.name: row.text for row in bench.rows()}
    with pytest.raises(MikazukiError) as caught:
        bench.apply(ALL, ADD, ",", found.revision)
    assert caught.value.code == "draft-changed"


def test_operations_reach_what_was_selected(bench: Workbench) -> None:
    assert bench.apply(Selection(query=Query(all_tags=["1girl"])), ADD, ",") == 2
    assert bench.apply(Selection(names=["c.png"]), op("set", text="a\r\nb\n"), ",") == 1
    assert texts(bench)["c"] == "a\nb"
    assert bench.apply(ALL, op("replace_pattern", pattern="^1(.*)$", by=r"\1"), ",") == 3
    assert texts(bench)["e"] is None, "no file is made for nothing"
    with pytest.raises(MikazukiError) as caught:
        bench.apply(Selection(names=["z.png"]), ADD, ",")
    assert caught.value.code == "picture-not-found"


def test_nothing_is_written_until_save_and_the_draft_outlives_a_restart(folder: Path, opened: Open) -> None:
    before = files(folder)
    bench = opened()
    bench.apply(ALL, ADD, ",")
    bench.apply(Selection(names=["a.png"]), op("delete"), ",")
    assert files(folder) == before
    again = opened()
    assert texts(again) == texts(bench)
    assert again.undo() is not None
    assert again.undo() is not None
    assert again.undo() is None
    assert again.state().changed == 0
    assert again.redo() is not None
    assert again.redo() is not None
    assert texts(again) == texts(bench)
    saved = again.save()
    assert (len(saved.written), saved.failed) == (6, ())
    assert files(folder)["sub/f.txt"] == b"1boy, long hair, x\n"
    assert "a.txt" not in files(folder)
    assert opened().state().changed == 0


def test_untouched_captions_keep_their_bytes(bench: Workbench, folder: Path) -> None:
    (folder / "c.txt").write_bytes("\ufefftree\r\n".encode())
    bench.refresh()
    bench.apply(Selection(names=["a.png"]), ADD, ",")
    bench.save()
    assert files(folder)["c.txt"] == "\ufefftree\r\n".encode()


def test_a_save_can_be_undone_step_by_step_and_as_a_whole(folder: Path, opened: Open) -> None:
    before = files(folder)
    bench = opened()
    bench.apply(ALL, ADD, ",")
    saved = bench.save()
    again = opened()
    again.undo()
    assert again.state().changed == 6
    again.save()
    assert {name: data for name, data in files(folder).items() if name not in {"sub/f.txt", "d.txt"}} == {
        name: data for name, data in before.items() if name not in {"sub/f.txt", "d.txt"}
    }
    again.redo()
    again.save()
    newest, *_, first = again.history()
    assert first.id == saved.id
    assert (again.restore(newest.id).files, again.state().changed) == (6, 0)
    assert files(folder) == before
    assert again.restore(again.history()[0].id).files == 6, "giving back can be given back"
    assert files(folder)["c.txt"] == b"landscape, tree, x\n"


def test_giving_back_leaves_alone_what_was_changed_since(bench: Workbench, folder: Path) -> None:
    bench.apply(ALL, ADD, ",")
    saved = bench.save()
    (folder / "c.txt").write_text("by hand", encoding="utf-8")
    found = bench.restore(saved.id)
    assert (found.files, found.left) == (5, (str(folder / "c.txt"),))
    assert not (folder / "e.txt").exists()
    with pytest.raises(MikazukiError) as caught:
        bench.restore("../x")
    assert caught.value.code == "save-not-found"


def test_somebody_elses_change_is_never_written_over(bench: Workbench, folder: Path) -> None:
    bench.apply(ALL, ADD, ",")
    (folder / "a.txt").write_text("theirs", encoding="utf-8")
    (folder / "b.txt").unlink()
    saved = bench.save()
    assert set(saved.written) == {"c.txt", "d.txt", "e.txt", "sub/f.txt"}
    assert [(one.entry.name, one.theirs) for one in bench.conflicts()] == [("a.png", "theirs"), ("b.png", None)]
    assert (folder / "a.txt").read_text(encoding="utf-8") == "theirs"
    bench.discard(["a.txt"])
    bench.keep_mine(["b.txt"])
    assert (bench.state().conflicts, bench.state().changed) == (0, 1)
    bench.save()
    assert files(folder)["a.txt"] == b"theirs"
    assert files(folder)["b.txt"].endswith(b", x\n")


def test_discard_is_a_step_that_can_be_undone(bench: Workbench) -> None:
    bench.apply(ALL, ADD, ",")
    edited = texts(bench)
    assert bench.discard() == 6
    assert bench.state().changed == 0
    bench.undo()
    assert texts(bench) == edited


def test_one_caption_is_edited_only_as_it_was_seen(bench: Workbench) -> None:
    bench.edit("c.png", "tree", "landscape, tree")
    with pytest.raises(MikazukiError) as caught:
        bench.edit("c.png", "bush", "landscape, tree")
    assert caught.value.code == "caption-changed"
    bench.edit("c.png", None, "tree")
    assert texts(bench)["c"] is None


def test_captions_that_cannot_be_read_are_left_alone(bench: Workbench, folder: Path) -> None:
    (folder / "a.txt").write_bytes(b"x" * (1 << 21))
    bench.refresh()
    assert bench.preview(ALL, ADD, ",").asked == 5
    assert bench.state().unreadable == 1
    with pytest.raises(MikazukiError) as caught:
        bench.edit("a.png", "x", "")
    assert caught.value.code == "caption-not-readable"


def test_the_draft_of_a_picture_that_is_gone_waits_for_it(bench: Workbench, folder: Path) -> None:
    bench.apply(Selection(names=["c.png"]), ADD, ",")
    (folder / "c.png").rename(folder.parent / "c.png")
    bench.refresh()
    assert bench.state().changed == 0
    bench.save()
    assert files(folder)["c.txt"] == b"landscape, tree\n"
    (folder.parent / "c.png").rename(folder / "c.png")
    bench.refresh()
    assert texts(bench)["c"] == "landscape, tree, x"


def test_two_studios_on_one_folder_follow_each_other(opened: Open) -> None:
    one, other = opened(), opened()
    one.apply(ALL, ADD, ",")
    other.apply(ALL, op("add", tags=["y"]), ",")
    one.refresh()
    assert texts(one)["c"] == "landscape, tree, x, y"


def test_many_threads_take_turns(bench: Workbench) -> None:
    threads = [threading.Thread(target=bench.apply, args=(ALL, op("add", tags=[f"t{n}"]), ",")) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len((texts(bench)["c"] or "").split(",")) == 10
    assert len(bench.draft.done) == 8


def test_what_is_looked_at_stands_still(bench: Workbench) -> None:
    other = threading.Thread(target=bench.apply, args=(ALL, op("add", tags=["x"]), ","))
    with bench.still():
        before = bench.rows()
        other.start()
        other.join(0.1)
        assert bench.rows() is before
    other.join()
    assert bench.rows() != before


def test_a_draft_that_cannot_be_written_is_said(opened: Open, tmp_path: Path) -> None:
    bench = opened()
    (tmp_path / "drafts").touch()
    with pytest.raises(MikazukiError, match="could not be written") as caught:
        bench.apply(ALL, op("add", tags=["x"]), ",")
    assert caught.value.code == "not-writable"
