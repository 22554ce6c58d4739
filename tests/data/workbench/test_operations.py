"""What the records of operations refuse."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from mikazuki.data.workbench.operations import Operation

ADAPTER: TypeAdapter[Operation] = TypeAdapter(Operation)


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "add", "tags": []},
        {"kind": "add", "tags": [" "]},
        {"kind": "add", "tags": ["a"], "place": "front"},
        {"kind": "sort", "by": "size"},
        {"kind": "replace", "find": ""},
        {"kind": "explode"},
    ],
)
def test_wrong_parameters_are_refused(given: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        ADAPTER.validate_python(given)
