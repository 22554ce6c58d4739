from pathlib import Path

from mikazuki.preparing.taggers import taggers
from mikazuki.tagging.known import KNOWN
from tests.tagging import world


def test_known_ones_come_first_then_what_else_is_here(tmp_path: Path) -> None:
    world.wd(tmp_path / "wd-vit-tagger-v3")
    world.cl(tmp_path / "own")
    (tmp_path / "empty").mkdir()
    found = taggers(tmp_path)
    assert [one.name for one in found] == [*KNOWN, "own"]
    by_name = {one.name: one for one in found}
    assert (by_name["own"].kind, by_name["own"].here, by_name["own"].missing) == ("cl", True, ())
    assert (by_name["wd-vit-tagger-v3"].here, by_name["wd-vit-tagger-v3"].missing) == (True, ())
    assert len(by_name["wd-swinv2-tagger-v3"].missing) == 2


def test_each_place_has_its_own_addresses(tmp_path: Path) -> None:
    def first(origin: str, name: str) -> str | None:
        found = {one.name: one for one in taggers(tmp_path, origin)}[name].missing  # type: ignore[arg-type]
        return found[0][0] if found else None

    assert first("hf-mirror", "cl_tagger_1_01") == (
        "https://hf-mirror.com/cella110n/cl_tagger/resolve/main/cl_tagger_1_01/model.onnx"
    )
    assert first("modelscope", "cl_tagger_1_01") is None
    assert first("modelscope", "wd-vit-tagger-v3") == (
        "https://modelscope.cn/models/fireicewolf/wd-vit-tagger-v3/resolve/master/model.onnx"
    )
