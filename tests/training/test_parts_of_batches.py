"""Running out of memory: the same step in smaller parts, with the same loss, gradients and weights."""

from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor

from mikazuki.events import EVENTS_FILE, EventWriter
from mikazuki.training.batches import Batch
from mikazuki.training.denoising import Denoising
from mikazuki.training.loop import Loop
from mikazuki.training.memory import is_out_of_memory
from mikazuki.training.parts_of_batches import CHECKPOINTING, HALVED, largest_part, split_batch
from tests.training import making
from tests.training.conftest import MakeRun, MakeSettings
from tests.training.test_loop import make_batch

pytestmark = pytest.mark.tiny

CUDA = "CUDA out of memory. Tried to allocate 2.00 GiB."
CPU = "[enforce fail at alloc_cpu.cpp:121] DefaultCPUAllocator: can't allocate memory: you tried to allocate 64 bytes."
ERRORS = (torch.OutOfMemoryError(CUDA), RuntimeError(CPU), MemoryError())


def full_batch(count: int) -> Batch:
    """Return a batch of which every field is in use."""
    batch = make_batch(*range(100, 100 + count * 90, 90), weights=tuple(0.5 + 0.1 * n for n in range(count)))
    generator = torch.Generator().manual_seed(3)
    return replace(
        batch,
        time_ids=torch.arange(count * 6.0).view(count, 6),
        mask=torch.rand(count, 1, 8, 8, generator=generator),
        disturbed=batch.noise + 0.1 * torch.randn(batch.noise.shape, generator=generator),
        preserved=torch.tensor([number % 3 == 0 for number in range(count)]),
        prior=torch.tensor([number % 2 == 0 for number in range(count)]),
        strength=0.7,
        share=1.2,
    )


@pytest.fixture
def limit(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[int]]:
    """Let memory run out above so many pictures at once, from a call on; return the sizes that were tried."""

    def set_limit(most: int, error: BaseException = ERRORS[0], calls: int = 0) -> list[int]:
        tried: list[int] = []
        predict = Denoising.predict

        def limited(self: Denoising, batch: Batch) -> Tensor:
            tried.append(len(batch.captions))
            predicted = predict(self, batch)
            if len(tried) > calls and len(batch.captions) > most:
                raise error
            return predicted

        monkeypatch.setattr(Denoising, "predict", limited)
        return tried

    return set_limit


@pytest.mark.parametrize(("count", "parts", "sizes"), [(4, 2, [2, 2]), (5, 2, [2, 3]), (3, 4, [1, 1, 1]), (1, 8, [1])])
def test_nothing_is_lost_in_the_parts(count: int, parts: int, sizes: list[int]) -> None:
    batch = full_batch(count)
    cut = split_batch(batch, parts)
    assert [len(one.captions) for one in cut] == sizes
    assert max(sizes) == largest_part([batch], parts)
    assert [caption for one in cut for caption in one.captions] == batch.captions
    assert sum(one.share for one in cut) == pytest.approx(batch.share)
    for one in fields(Batch):
        value = getattr(batch, one.name)
        if isinstance(value, Tensor):
            assert torch.equal(torch.cat([getattr(part, one.name) for part in cut]), value), one.name
    assert {one.strength for one in cut} == {batch.strength}


def test_every_way_to_say_it_is_known() -> None:
    assert all(map(is_out_of_memory, ERRORS))
    assert not is_out_of_memory(RuntimeError("shapes cannot be multiplied"))


def gradients(loop: Loop, parts: int) -> tuple[Tensor, Tensor]:
    """Return loss and gradients of a step on two batches of unequal size, computed in so many parts."""
    loop.learner.begin(0)
    loss = loop._gradients([split_batch(batch, parts) for batch in (full_batch(5), full_batch(2))])
    found = [p.grad.flatten().clone() for p in loop.learner._parameters if p.grad is not None]
    loop.learner.forget()
    return loss, torch.cat(found)


@pytest.mark.parametrize("more", [{}, {"dream_training": True, "min_snr_gamma": 5.0, "loss_type": "huber"}])
def test_loss_and_gradients_are_the_whole_batchs(
    make_settings: MakeSettings, tmp_path: Path, more: dict[str, Any]
) -> None:
    loop = making.prepared(make_settings(**more), tmp_path)
    loss, whole = gradients(loop, 1)
    assert float(whole.norm()) > 1e-4
    for parts in (2, 4, 8):
        other, found = gradients(loop, parts)
        assert float(other) == pytest.approx(float(loss), rel=1e-6)
        assert float((found - whole).norm()) <= 5e-6 * float(whole.norm())


def test_the_step_goes_on_in_halves(train_tiny: MakeRun, limit: Callable[..., list[int]]) -> None:
    options = {"train_batch_size": 4, "optimizer_type": "SGD", "max_train_steps": 3, "gradient_accumulation_steps": 2}
    whole = train_tiny(at="whole", **options)
    tried = limit(1, calls=3)
    halved = train_tiny(at="halved", **options)
    assert max(tried[3:]) > 1
    assert set(tried[-4:]) == {1}
    said = [event for event in halved.of("warning") if event["code"] == HALVED]
    assert len(said) == 2
    assert "with 2 pictures at once" in said[-1]["text"]
    assert halved.losses() == pytest.approx(whole.losses(), rel=1e-5)
    weights = halved.weights()
    for name, one in whole.weights().items():
        assert torch.allclose(weights[name].float(), one.float(), atol=1e-5), name


def test_one_picture_turns_checkpointing_on_and_then_fails(
    make_settings: MakeSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A batch of one that only fits with checkpointing goes on; where that is on already it is the end."""
    loop = making.prepared(make_settings(train_batch_size=1), tmp_path / "job")
    assert loop.parts is not None
    loop.report.events = EventWriter(tmp_path / "job" / EVENTS_FILE)
    compute, unet = loop._gradients, loop.parts.unet
    fits = [False]

    def only_checkpointed(batches: Any) -> Tensor:
        loss = compute(batches)
        if not (unet.is_gradient_checkpointing and fits[0]):
            raise MemoryError
        return loss

    monkeypatch.setattr(loop, "_gradients", only_checkpointed)
    with pytest.raises(MemoryError):
        loop._step([make_batch(500)])
    fits[0], loop.parts.checkpointed = True, False
    unet.disable_gradient_checkpointing()
    loop._step([make_batch(500)])
    assert unet.training
    codes = [event["code"] for event in making.read_events(tmp_path / "job") if event["kind"] == "warning"]
    assert codes == [CHECKPOINTING, CHECKPOINTING]


def test_without_the_option_it_is_the_end(train_tiny: MakeRun, limit: Callable[..., list[int]]) -> None:
    limit(1)
    with pytest.raises(torch.OutOfMemoryError):
        train_tiny(train_batch_size=2, halve_batch_on_oom=False)


def test_another_fault_is_raised_as_it_is(train_tiny: MakeRun, limit: Callable[..., list[int]]) -> None:
    tried = limit(1, RuntimeError("no kernel image is available"))
    with pytest.raises(RuntimeError, match="no kernel image"):
        train_tiny(train_batch_size=2)
    assert len(tried) <= 2


def test_weights_that_have_changed_cannot_be_taken_back(make_settings: MakeSettings, tmp_path: Path) -> None:
    """With a fused backward pass a batch is never cut; before any weight has changed checkpointing may help."""
    fused = {"method": "fine_tune", "optimizer_type": "Adafactor", "fused_backward_pass": True, "max_grad_norm": 0}
    loop = making.prepared(make_settings(train_batch_size=2, learning_rate=1e-4, **fused), tmp_path)
    cut = loop.parts
    assert cut is not None
    assert loop.learner.fused
    batch = replace(make_batch(300, 600), captions=list(making.CAPTIONS[:2]))
    loop.learner.begin(0)
    loop._gradients([[batch]])
    assert loop.learner.changed
    assert cut._remedy([batch], 1) is None
    loop.learner.begin(1)
    remedy = cut._remedy([batch], 1)
    assert remedy is not None
    remedy()
    assert (cut.parts, cut.checkpointed) == (1, True)


def test_class_pictures_are_told_apart_in_parts_too(make_settings: MakeSettings, tmp_path: Path) -> None:
    from mikazuki.training.split import LossSplit

    loop = making.prepared(make_settings(), tmp_path)
    loop.split = LossSplit(loop.machine)
    denoising: Denoising = loop.loss.__self__  # type: ignore[attr-defined]
    denoising.split = loop.split
    loop._gradients([[full_batch(4)]])
    whole = loop.split.means()
    loop._gradients([split_batch(full_batch(4), 4)])
    assert torch.allclose(loop.split.means(), whole, rtol=1e-5)
