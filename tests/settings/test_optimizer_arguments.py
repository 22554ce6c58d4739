"""The table of optimizers' arguments: held against the real classes, and what it refuses."""

import importlib
import inspect

import pytest

from mikazuki.settings.optimizer_arguments import ARGUMENTS, problems
from mikazuki.settings.optimizers import NAMED


@pytest.mark.parametrize(("module", "name"), sorted(ARGUMENTS))
def test_the_table_says_what_the_classes_take(module: str, name: str) -> None:
    found = pytest.importorskip(module, exc_type=ImportError)
    signature = inspect.signature(getattr(importlib.import_module(found.__name__), name))
    assert signature.parameters.keys() - {"params", "lr"} == ARGUMENTS[module, name]


def test_every_named_optimizer_is_in_it_but_the_one_that_takes_anything() -> None:
    missing = {name for name, target in NAMED.items() if (target.module, target.name) not in ARGUMENTS}
    assert missing == {"CAME"}


@pytest.mark.parametrize(
    ("optimizer", "arguments", "words"),
    [
        ("torch.optim.Adma", [], "did you mean torch.optim.Adam"),
        ("torch.optim.LBFGS", [], "torch has no optimizer LBFGS that can train this"),
        ("AdamW", ["weight_decai=0.1"], "AdamW has no weight_decai; did you mean weight_decay?"),
        ("adamw", ["momentum=0.9"], "AdamW has no momentum"),
        ("torch.optim.SGD", ["betas=(0.9,0.99)"], "it takes dampening, "),
        ("SGDNesterov8bit", ["eps=1"], "SGD8bit has no eps"),
        ("Prodigy", ["lr=1"], "lr is set by learning_rate"),
    ],
)
def test_what_it_refuses(optimizer: str, arguments: list[str], words: str) -> None:
    (said,) = problems(optimizer, arguments)
    assert words in said


@pytest.mark.parametrize(
    ("optimizer", "arguments"),
    [
        ("AdamW", ["weight_decay=0.1", "betas=(0.9,0.99)"]),
        ("Adafactor", ["relative_step=False", "scale_parameter=False"]),
        ("torch.optim.Adafactor", ["beta2_decay=-0.8"]),
        ("CAME", ["whatever=1"]),
        ("pytorch_optimizer.Tiger", ["whatever=1"]),
        ("NoSuchOptimizer", ["whatever=1"]),
    ],
)
def test_what_is_right_or_not_known_here_passes(optimizer: str, arguments: list[str]) -> None:
    assert list(problems(optimizer, arguments)) == []
