"""Token counts are those of the tokenizer that trainings use."""

import subprocess
import sys

import pytest

from mikazuki.data.workbench.tokens import token_counter

COUNTS = {
    "": 0,
    "a cat": 2,
    "1girl, long hair, masterpiece": 7,
    "it's the cat's 123 birthday!!! ^_^ :d": 13,
    "\u4e09\u65e5\u6708 caf\u00e9 na\u00efve cafe\u0301": 10,
    "<|endoftext|> \U0001f431\U0001f431 supercalifragilistic (best:1.2)\ttab\nline": 17,
}


@pytest.mark.parametrize(("text", "count"), COUNTS.items())
def test_counts(text: str, count: int) -> None:
    assert token_counter().count(text) == count


def test_no_torch_is_imported() -> None:
    code = (
        "import sys; from mikazuki.data.workbench.tokens import token_counter as t; t().count('a');"
        "print('torch' in sys.modules, 'transformers' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
