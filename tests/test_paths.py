from pathlib import Path

from mikazuki.paths import Paths, existing_ancestor, jobs_of, repository


def test_every_folder_lies_under_the_root() -> None:
    paths = Paths(Path("r"))
    folders = [paths.config, paths.train, paths.models, paths.output, paths.logs, paths.requirements, paths.sd_scripts]
    assert all(folder.parent == Path("r") for folder in folders)
    assert paths.jobs == jobs_of(paths.logs) == Path("r/logs/jobs")


def test_the_repository_is_where_this_package_lies() -> None:
    assert (repository().root / "pyproject.toml").is_file()


def test_the_nearest_folder_that_exists(tmp_path: Path) -> None:
    assert existing_ancestor(tmp_path) == tmp_path
    assert existing_ancestor(tmp_path / "a" / "b") == tmp_path
