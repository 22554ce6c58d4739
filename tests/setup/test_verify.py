"""The check by importing."""

import pytest

from mikazuki.setup import verify


def test_a_module_that_does_not_import_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify, "MODULES", ("json", "no_such_module_here"))
    assert verify.problem("cpu").startswith("import no_such_module_here: ")


def test_a_cuda_build_without_a_device_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    monkeypatch.setattr(verify, "MODULES", ())
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert "finds no CUDA device" in verify.problem("cu130")
    assert verify.problem("cpu") == ""
