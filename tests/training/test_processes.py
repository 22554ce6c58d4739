"""Two processes that share the processor train what one does with twice the batch."""

import os
import subprocess
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from mikazuki.engines import builtin
from mikazuki.settings.load import dump_toml
from tests.models import tiny
from tests.training import making

ROUNDING = 2e-4
"""Relative difference of the weights' norms: sums are added up in another order, and Adam divides by small ones."""


@pytest.mark.tiny
@pytest.mark.parametrize("more", [{}, {"ddp_gradient_as_bucket_view": True, "ddp_static_graph": True}])
def test_two_processes_are_one_with_twice_the_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: dict[str, bool]
) -> None:
    monkeypatch.setattr(builtin, "gpus", list)
    settings = making.settings_for(
        tiny.make("sd1", tmp_path / "model"),
        making.draw_dataset(tmp_path / "pictures"),
        tmp_path,
        max_train_steps=3,
        train_batch_size=2,
        # three pictures of one shape and one of another: batches that do not come out even, and one of a single picture
        gradient_accumulation_steps=2,
        optimizer_type="SGD",
    )
    one = making.run(settings, tmp_path / "job")
    two = making.set_anew(settings, num_processes=2, train_batch_size=1, output_name="two", **more)
    job = tmp_path / "two"
    job.mkdir()
    (job / "config.toml").write_text(dump_toml(two), encoding="utf-8")
    launch = builtin.Builtin().launch(job, two)
    environment = {**os.environ, **launch.env, "OMP_NUM_THREADS": "1"}
    done = subprocess.run(launch.argv, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    losses = [event["values"]["loss/current"] for event in making.read_events(job) if event["kind"] == "metric"]
    assert losses == pytest.approx(one.losses(), rel=1e-5)
    theirs = load_file(tmp_path / "output" / "two.safetensors")
    for name, mine in one.weights().items():
        difference = torch.linalg.norm(mine.float() - theirs[name].float())
        assert float(difference) <= ROUNDING * float(torch.linalg.norm(mine.float())) + 1e-7, name
