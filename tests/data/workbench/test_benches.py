"""A few folders stay in memory."""

from pathlib import Path

from mikazuki.data.workbench.benches import OPEN, Workbenches


def test_the_one_asked_for_longest_ago_is_put_away(tmp_path: Path) -> None:
    folders = [tmp_path / str(number) for number in range(OPEN + 1)]
    for folder in folders:
        folder.mkdir()
    benches = Workbenches(tmp_path / "drafts")
    first, second = benches.at(folders[0]), benches.at(folders[1])
    assert benches.at(folders[0]) is first
    for folder in folders[2:]:
        benches.at(folder)
    assert benches.at(folders[0]) is first
    assert benches.at(folders[1]) is not second
