"""What is looked at before a training by our own settings, beyond what the commands' tests see."""

from pathlib import Path

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.preparing.training import Request, examine, naming_foreign, read_settings
from tests.cli import world


def request(root: Path, **changes: object) -> Request:
    return examine(read_settings(world.make(root, **changes), {}))


def codes(root: Path, **changes: object) -> list[str]:
    return [problem.code for problem in request(root, **changes).problems]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"optimizer_type": "torch.optim.Adma"}, "torch has no optimizer Adma"),
        ({"optimizer_args": ["weight_decai=0.1"]}, "did you mean weight_decay?"),
    ],
)
def test_optimizers_arguments_are_checked_without_importing_them(
    changes: dict[str, object], words: str, root: Path
) -> None:
    (problem,) = request(root, **changes).problems
    assert problem.code == "settings-wrong"
    assert words in problem.message


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"initial_epoch": 3}, ["nothing-left"]),
        ({"initial_step": 24}, ["nothing-left"]),
        ({"initial_epoch": 2}, []),
        ({"initial_step": 23}, []),
    ],
)
def test_a_beginning_behind_the_end_is_seen_where_the_length_is_in_epochs(
    changes: dict[str, object], found: list[str], root: Path
) -> None:
    assert codes(root, **changes) == found


def test_a_folder_of_tokenizers_that_is_not_there_is_a_warning(root: Path) -> None:
    found = request(root, tokenizer_cache_dir=str(root / "none"))
    assert found.problems == []
    assert [notice.code for notice in found.warnings if "tokenizer" in notice.code] == ["no-tokenizer-folder"]
    there = request(root, tokenizer_cache_dir=str(root / "train"))
    assert [notice.code for notice in there.warnings if "tokenizer" in notice.code] == []


def test_only_faults_of_reading_are_taken_for_another_programs_file(root: Path) -> None:
    theirs = root / "theirs.toml"
    theirs.write_text('model_train_type = "sd-lora"\n', encoding="utf-8")
    for code, shown in (("settings-wrong", "foreign-settings"), ("model-not-found", "model-not-found")):
        with pytest.raises(MikazukiError) as caught, naming_foreign(theirs):
            raise MikazukiError(code, "x")
        assert caught.value.code == shown
