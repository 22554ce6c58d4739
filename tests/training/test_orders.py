"""Orders to a running training: pictures and a save when a person asks, and the same weights in the end."""

from collections.abc import Callable
from pathlib import Path

import pytest

from mikazuki.events import SAMPLE_FILE, SAVE_FILE
from mikazuki.training.checkpoints import Checkpoints
from mikazuki.training.orders import SHARED_STEPS, Orders
from mikazuki.training.state import Place
from tests.training import making
from tests.training.conftest import MakeRun

pytestmark = pytest.mark.tiny

OrderAt = Callable[..., None]


@pytest.fixture
def order_at(monkeypatch: pytest.MonkeyPatch) -> OrderAt:
    """Lay files into the next job while a step is under way, as a person would."""

    def arrange(step: int, *files: str) -> None:
        whole = Checkpoints.after_step

        def after_step(self: Checkpoints, place: Place) -> None:
            whole(self, place)
            if place.current_step == step - 1:
                for file in files:
                    (self.stop_file.parent / file).touch()

        monkeypatch.setattr(Checkpoints, "after_step", after_step)

    return arrange


def prompts(tmp_path: Path) -> str:
    path = tmp_path / "prompts.txt"
    path.write_text("a red circle --w 64 --h 64 --s 2 --d 7\n", encoding="utf-8")
    return str(path)


def test_a_picture_and_a_save_on_request(train_tiny: MakeRun, order_at: OrderAt, tmp_path: Path) -> None:
    options = {"sample_prompts": prompts(tmp_path), "sample_grid": False, "max_train_steps": 4, "network_dropout": 0.3}
    plain = train_tiny(at="plain", **options)
    assert not plain.of("sample")
    order_at(2, SAMPLE_FILE, SAVE_FILE)
    ordered = train_tiny(at="ordered", **options)
    assert [event["step"] for event in ordered.of("sample")] == [2]
    assert Path(ordered.of("sample")[0]["path"]).is_file()
    saved = {(event["what"], event["step"]): Path(event["path"]) for event in ordered.of("checkpoint")}
    assert saved["model", 2].name == "x-step00000002.safetensors"
    assert saved["model", 2].is_file()
    assert saved["state", 2].is_dir()
    # obeyed once, and nothing of the training has changed
    assert not (tmp_path / "ordered" / "job" / SAMPLE_FILE).exists()
    assert not (tmp_path / "ordered" / "job" / SAVE_FILE).exists()
    assert ordered.losses() == plain.losses()
    assert making.same(ordered.weights(), plain.weights())


def test_a_save_that_is_due_anyway_is_written_once(train_tiny: MakeRun, order_at: OrderAt) -> None:
    order_at(2, SAVE_FILE)
    run = train_tiny(max_train_steps=3, save_every_n_steps=2)
    assert [(event["what"], event["step"]) for event in run.of("checkpoint")] == [
        ("model", 2),
        ("state", 2),
        ("model", 3),
    ]


class Group:
    """Stands for the machine of one of several processes: all agree with the first one."""

    def __init__(self, processes: int, *, is_main: bool = True, agreed: bool | None = None) -> None:
        self.processes, self.is_main, self.agreed = processes, is_main, agreed
        self.asked: list[bool] = []

    def agree(self, mine: bool) -> bool:  # noqa: FBT001
        self.asked.append(mine)
        return mine if self.agreed is None else self.agreed


def test_several_processes_look_together_and_seldom(tmp_path: Path) -> None:
    (tmp_path / SAVE_FILE).touch()
    main, other = Group(2), Group(2, is_main=False, agreed=True)
    orders, others = Orders(tmp_path, main), Orders(tmp_path, other)  # type: ignore[arg-type]
    assert [orders.look(step) for step in range(1, SHARED_STEPS)] == [False] * (SHARED_STEPS - 1)
    assert main.asked == []
    assert orders.look(SHARED_STEPS)
    assert (orders.sample, orders.save) == (False, True)
    # another process looks at no file, and does what is agreed on
    assert others.look(SHARED_STEPS)
    assert other.asked == [False, False]
    others.obeyed()
    assert (tmp_path / SAVE_FILE).exists()
    orders.obeyed()
    assert not (tmp_path / SAVE_FILE).exists()
    assert not orders.save
