"""Files of encoded captions: upstream's names and arrays, the same numbers again, and never stale ones."""

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from mikazuki.models import load
from mikazuki.models.families import FamilyName
from mikazuki.models.identify import identify
from mikazuki.settings.datasets import CaptionOptions
from mikazuki.training.conditions import Condition, FrozenText, Known, LiveText, possible_texts
from mikazuki.training.latent_files import read_arrays, write_arrays
from mikazuki.training.text_files import TextFiles, text_path
from tests.models import tiny
from tests.training.conftest import GetModel
from tests.training.planning import CPU, plan_of

pytestmark = pytest.mark.tiny
WIDTHS: dict[FamilyName, tuple[int, ...]] = {"sd1": (tiny.TEXT_WIDTH,), "sdxl": (tiny.TEXT_WIDTH, tiny.SECOND_WIDTH)}


def never(texts: list[str]) -> Condition:
    raise AssertionError(texts)


def frozen(model: Path, texts: set[str], dtype: torch.dtype) -> FrozenText:
    info = identify(model)
    encoders = load.load_text_encoders(info, dtype=dtype)
    return FrozenText(LiveText(encoders, load.load_tokenizers(info), None, 75, CPU), texts)


def same(one: Known, other: Known) -> bool:
    if one[1] is None or other[1] is None:
        return one[1] is other[1] and torch.equal(one[0], other[0])
    return torch.equal(one[0], other[0]) and torch.equal(one[1], other[1])


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
@pytest.mark.parametrize("family", ["sd1", "sdxl"])
def test_a_second_run_knows_all_captions(
    tiny_model: GetModel, tmp_path: Path, family: FamilyName, dtype: torch.dtype
) -> None:
    plan = plan_of(tmp_path, captions=CaptionOptions(caption_prefix="best"))
    plan = replace(plan, entries=plan.entries[:3], validation=plan.entries[3:])
    first = frozen(tiny_model(family), possible_texts(plan), dtype)
    files = TextFiles("encoders", family, CPU)
    assert files.read(plan) == {}
    assert files.write(plan, first.known, WIDTHS[family]) == 4
    assert files.write(plan, first.known, WIDTHS[family]) == 0
    known = TextFiles("encoders", family, CPU).read(plan)
    assert set(known) == possible_texts(plan)
    assert all(same(found, first.known(said)) for said, found in known.items())
    assert known["best a red square, left"][0].dtype == dtype
    second = FrozenText(never, set(known), known=known)
    assert torch.equal(second(list(known)).context, first(list(known)).context)


def test_upstream_finds_what_it_reads(tiny_model: GetModel, tmp_path: Path) -> None:
    plan = plan_of(tmp_path)
    first = frozen(tiny_model("sdxl"), possible_texts(plan), torch.float32)
    TextFiles("encoders", "sdxl", CPU).write(plan, first.known, WIDTHS["sdxl"])
    path = text_path(plan.entries[0], "sdxl")
    assert path.name == "0_te_outputs.npz"
    shapes = {name: array.shape for name, array in read_arrays(path).items() if not name.startswith("mikazuki")}
    assert shapes == {
        "hidden_state1": (77, tiny.TEXT_WIDTH),
        "hidden_state2": (77, tiny.SECOND_WIDTH),
        "pool2": (tiny.POOLED,),
    }
    assert text_path(plan.entries[0], "sd1").name == "0_sd_te_outputs.npz"


def test_what_does_not_hold_any_more_is_missing(tiny_model: GetModel, tmp_path: Path) -> None:
    plan = plan_of(tmp_path)
    first = frozen(tiny_model(), possible_texts(plan), torch.float32)
    files = TextFiles("encoders", "sd1", CPU)
    files.write(plan, first.known, WIDTHS["sd1"])
    path = text_path(plan.entries[1], "sd1")
    assert TextFiles("others", "sd1", CPU).read(plan) == {}
    another = (replace(plan.entries[0], caption="another"), *plan.entries[1:])
    assert len(files.read(replace(plan, entries=another))) == 3
    # what is trusted may be another caption's
    trusting = TextFiles("others", "sd1", CPU, skip_check=True)
    assert len(trusting.read(replace(plan, entries=another))) == 4
    arrays = read_arrays(path)
    path.write_bytes(path.read_bytes()[:-100])
    assert len(files.read(plan)) == len(trusting.read(plan)) == 3
    del arrays["hidden_state1"]
    write_arrays(path, arrays)
    assert len(files.read(plan)) == len(trusting.read(plan)) == 3


def test_a_file_of_upstreams_is_trusted_only_where_asked_for(tiny_model: GetModel, tmp_path: Path) -> None:
    plan = plan_of(tmp_path)
    first = frozen(tiny_model("sdxl"), possible_texts(plan), torch.float32)
    files = TextFiles("encoders", "sdxl", CPU)
    files.write(plan, first.known, WIDTHS["sdxl"])
    for entry in plan.entries:
        path = text_path(entry, "sdxl")
        arrays = {name: array for name, array in read_arrays(path).items() if not name.startswith("mikazuki")}
        write_arrays(path, arrays)
    assert files.read(plan) == {}
    assert len(TextFiles("encoders", "sdxl", CPU, skip_check=True).read(plan)) == 4
