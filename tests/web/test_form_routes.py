"""Routes of the Train page: choices, forms, presets, the guided mode, settings in every shape."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from mikazuki.paths import Paths, repository
from mikazuki.settings.concepts import Concept, read_concepts
from mikazuki.settings.load import load_toml, parse
from mikazuki.settings.train import TrainSettings
from mikazuki.web.app import create_app
from mikazuki.web.studio import Studio
from tests.cli import world


@pytest.fixture
def page(tmp_path: Path) -> TestClient:
    """A studio with the project's presets and a world to train in."""
    shutil.copytree(repository().config, tmp_path / "config", ignore=shutil.ignore_patterns("own", "saved", "prompts"))
    for name in ("sd-models", "output", "logs"):
        (tmp_path / name).mkdir()
    world.pictures(tmp_path / "train" / "aki" / "5_aki", 4)
    world.safetensors(tmp_path / "sd-models" / "model.safetensors", world.SD1)
    return TestClient(create_app(Studio(Paths(tmp_path))))


@pytest.fixture
def values(page: TestClient, tmp_path: Path) -> dict[str, Any]:
    """Settings that nothing stops."""
    assert page
    found = {
        "pretrained_model_name_or_path": str(tmp_path / "sd-models" / "model.safetensors"),
        "train_data_dir": str(tmp_path / "train" / "aki"),
        "output_dir": str(tmp_path / "output"),
        "logging_dir": str(tmp_path / "logs"),
        "resolution": "64,64",
        "min_bucket_reso": 64,
        "bucket_reso_steps": 16,
        "max_train_epochs": 1,
    }
    return dict(found)


def codes(answer: Any) -> list[str]:
    return [problem["code"] for problem in answer.json()["errors"]]


def test_each_choice_leads_to_a_form(page: TestClient) -> None:
    told = page.get("/api/choices").json()
    assert told["families"]["sdxl"]["en"] == "SDXL"
    for choice in told["choices"][:4]:
        answer = page.get(f"/api/forms/{choice['method']}/{choice['family']}", params={"engine": choice["engines"][0]})
        assert answer.status_code == 200
    assert {choice["family"] for choice in told["choices"]} == told["families"].keys()


def test_a_form_says_all_that_is_needed_to_draw_it(page: TestClient) -> None:
    form = page.get("/api/forms/lora/sd1").json()
    fields = {field["name"]: field for part in form["sections"] for field in part["fields"]}
    drop = fields["network_dropout"]
    assert (drop["minimum"], drop["maximum"], drop["exclusive_minimum"], drop["exclusive_maximum"]) == (
        0,
        1,
        False,
        True,
    )
    assert fields["lr_scheduler_power"]["when"] == [
        {"option": "lr_scheduler", "values": ["polynomial"], "is_not": False}
    ]
    assert form["sections"][0]["fields"][0]["name"] == "pretrained_model_name_or_path"
    assert page.get("/api/forms/lora/sd9").status_code == 404
    assert codes(page.get("/api/forms/lllite/flux")) == ["no-script"]


def test_concepts_have_a_form_and_are_read_from_a_file(page: TestClient, tmp_path: Path) -> None:
    form = page.get("/api/forms/concept").json()
    fields = {field["name"]: field for part in form["sections"] for field in part["fields"]}
    assert fields["instance_data_dir"]["path"] == "folder"
    assert fields["class_guidance_scale"]["default"] == 7.5
    concept = {
        "instance_data_dir": "../train/aki",
        "class_data_dir": "classes",
        "instance_prompt": "sks",
        "is_valid": True,
    }
    (tmp_path / "config" / "c.json").write_text(json.dumps([concept]), encoding="utf-8")
    (found,) = page.get("/api/concepts", params={"path": "config/c.json"}).json()["values"]
    assert Path(found["instance_data_dir"]).resolve() == (tmp_path / "train" / "aki").resolve()
    assert Path(found["class_data_dir"]) == tmp_path.resolve() / "config" / "classes"
    assert found.keys() == {"instance_data_dir", "class_data_dir", "instance_prompt"}
    assert codes(page.get("/api/concepts", params={"path": "config/none.json"})) == ["concepts-not-found"]
    assert codes(page.get("/api/concepts", params={"path": "/etc/hostname"})) == ["outside-roots"]


def test_concepts_of_a_form_are_the_same_in_its_file(page: TestClient, values: dict[str, Any], tmp_path: Path) -> None:
    concept = {
        "instance_data_dir": values.pop("train_data_dir"),
        "instance_prompt": 'a "sks" \u4e09\u65e5\u6708',
        "num_repeats": 3,
    }
    values |= {"method": "dreambooth", "concepts_list": json.dumps([concept])}
    checked = page.post("/api/configs/check", json={"values": values}).json()
    assert checked["ok"], checked["problems"]
    assert checked["concepts"][0]["pictures"] == 4
    assert {row["caption"] for row in checked["captions"]} == {concept["instance_prompt"]}
    path = tmp_path / "x.toml"
    path.write_text(page.post("/api/configs/toml", json={"values": values}).json()["text"], encoding="utf-8")
    assert json.loads(load_toml(path)["concepts_list"]) == [concept]
    settings = parse(TrainSettings, load_toml(path), "x.toml")
    assert read_concepts(settings.concepts_list or "") == (Concept.model_validate(concept),)
    outside = values | {"concepts_list": json.dumps([concept | {"instance_data_dir": "/etc"}])}
    (problem,) = page.post("/api/configs/check", json={"values": outside}).json()["problems"]
    assert problem["code"] == "outside-roots"
    assert "concepts_list" in problem["message"]


def test_half_a_character_is_refused(page: TestClient) -> None:
    words = {"en": "x", "zh": "x"}
    preset = {"name": "x", "title": words, "why": words, "method": "lora", "family": "sd1", "memory": None}
    body = json.dumps({**preset, "values": {"output_name": "\ud800"}})
    answer = page.put("/api/presets/x", content=body, headers={"content-type": "application/json"})
    assert (answer.status_code, codes(answer)) == (422, ["request-wrong"])


def test_presets_are_found_kept_and_put_into_the_bin(page: TestClient) -> None:
    flux = page.get("/api/presets", params={"method": "lora", "family": "flux"}).json()
    assert {one["family"] for one in flux} == {"flux"}
    own = {**flux[0], "values": {"model_type": "flux", "network_dim": 12}, "memory": None}
    assert page.put("/api/presets/mine", json=own).json()["own"] is True
    assert codes(page.put("/api/presets/flux-style", json=own)) == ["preset-exists"]
    assert [one["name"] for one in page.get("/api/presets").json() if one["own"]] == ["mine"]
    assert page.delete("/api/presets/mine").status_code == 200
    assert page.delete("/api/presets/mine").status_code == 404
    (binned,) = page.get("/api/bin").json()
    assert (binned["name"], binned["kind"]) == ("mine", "config")


def test_the_guided_mode_fills_in_what_the_check_lets_pass(page: TestClient, tmp_path: Path) -> None:
    wish = {
        "goal": "character",
        "folder": str(tmp_path / "train" / "aki"),
        "model": "sd-models/model.safetensors",
        "memory": 8 * 10**9,
        "language": "zh-CN",
    }
    told = page.post("/api/guide", json=wish).json()
    assert (told["pictures"], told["captions"], told["family"]) == (4, 4, "sd1")
    assert not told["warnings"][0]["text"].isascii()
    chosen = {one["option"]: one["value"] for one in told["values"]}
    assert Path(chosen["sample_prompts"]) == tmp_path.resolve() / "config" / "prompts" / "aki.txt"
    chosen |= {"output_dir": str(tmp_path / "output"), "logging_dir": str(tmp_path / "logs")}
    checked = page.post("/api/configs/check", json={"values": chosen}).json()
    assert checked["problems"] == []
    assert (told["method"], chosen["method"]) == ("lora", "lora")
    assert codes(page.post("/api/guide", json=wish | {"folder": "/"})) == ["outside-roots"]
    assert codes(page.post("/api/guide", json=wish | {"folder": "train/gone"})) == ["dataset-not-found"]


def test_the_guided_mode_is_told_what_shall_come_out(page: TestClient, tmp_path: Path) -> None:
    wish = {"goal": "concept", "folder": str(tmp_path / "train" / "aki"), "model": "sd-models/model.safetensors"}
    told = page.post("/api/guide", json=wish | {"method": "pivotal_tuning"}).json()
    chosen = {one["option"]: one["value"] for one in told["values"]}
    assert (told["method"], chosen["method"], chosen["token_string"]) == ("pivotal_tuning", "pivotal_tuning", "<aki>")
    folders = {"output_dir": str(tmp_path / "output"), "logging_dir": str(tmp_path / "logs")}
    assert page.post("/api/configs/check", json={"values": chosen | folders}).json()["problems"] == []
    assert codes(page.post("/api/guide", json=wish | {"method": "imagic"})) == ["imagic-pictures"]
    assert page.post("/api/guide", json=wish | {"method": "controlnet"}).status_code == 422


def test_a_check_answers_whatever_is_wrong(page: TestClient, values: dict[str, Any]) -> None:
    good = page.post("/api/configs/check", json={"values": values}).json()
    assert good["ok"], good["problems"]
    assert good["totals"]["max_train_steps"] == 20
    assert good["subsets"][0]["repeats"] == 5
    for wrong in ({"network_dim": 0}, {"train_data_dir": "/etc"}, {"output_dir": "/somewhere"}, {"frob": [1]}):
        answer = page.post("/api/configs/check", json={"values": values | wrong})
        assert answer.status_code == 200
        assert not answer.json()["ok"]
        assert next(iter(wrong)) in answer.json()["problems"][0]["message"]
    assert not page.post("/api/configs/check", json={"values": {}}).json()["ok"]


def test_settings_become_a_file_and_come_back(page: TestClient, values: dict[str, Any], tmp_path: Path) -> None:
    told = page.post("/api/configs/toml", json={"values": values}).json()
    assert "max_train_epochs" in told["changed"]
    path = tmp_path / "x.toml"
    path.write_text(told["text"], encoding="utf-8")
    assert load_toml(path) == {name: values[name] for name in load_toml(path)}
    back = page.post("/api/configs/parse", json={"text": told["text"], "name": "x.toml"}).json()
    assert back["values"].keys() == set(told["changed"])
    assert codes(page.post("/api/configs/parse", json={"text": "= ="})) == ["old-file-unreadable"]


def test_the_command_is_shown_or_all_that_stops_it(page: TestClient, values: dict[str, Any], tmp_path: Path) -> None:
    told = page.post("/api/configs/command", json={"values": values}).json()
    assert "config.toml" in told["files"]
    assert "mikazuki.training" in told["shell"]
    assert not (tmp_path / "logs" / "jobs").exists()
    wrong = values | {"train_data_dir": str(tmp_path / "train" / "no"), "pretrained_model_name_or_path": "no"}
    answer = page.post("/api/configs/command", json={"values": wrong})
    assert answer.status_code == 422
    assert set(codes(answer)) == {"dataset-not-found", "model-not-found"}
    assert codes(page.post("/api/configs/command", json={"values": values | {"output_dir": "/"}})) == ["outside-roots"]


def test_two_settings_are_compared(page: TestClient) -> None:
    body = {"left": {"values": {"seed": 1}}, "right": {"values": {"network_dim": 4}}}
    assert page.post("/api/configs/diff", json=body).json() == [{"option": "seed", "left": 1, "right": None}]


def test_settings_are_kept_by_name(page: TestClient, values: dict[str, Any], tmp_path: Path) -> None:
    name = "\u6211\u7684 cat"
    assert page.get("/api/configs/saved").json() == []
    kept = page.put(f"/api/configs/saved/{name}", json={"values": values | {"output_name": "aki"}})
    assert kept.json()["output_name"] == "aki"
    assert page.put(f"/api/configs/saved/{name}", json={"values": values}).status_code == 409
    again = page.put(f"/api/configs/saved/{name}", params={"overwrite": True}, json={"values": values})
    assert again.status_code == 200
    assert page.get(f"/api/configs/saved/{name}").json()["values"]["max_train_epochs"] == 1
    assert codes(page.put("/api/configs/saved/..%5Cx", json={"values": {}})) == ["name-wrong"]
    assert page.delete(f"/api/configs/saved/{name}").status_code == 200
    assert page.get(f"/api/configs/saved/{name}").status_code == 404
    assert not any((tmp_path / "config" / "saved").iterdir())


def test_half_a_character_is_refused_and_not_a_fault(page: TestClient) -> None:
    for where in ("check", "toml", "command"):
        body = b'{"values": {"output_name": "\\ud800"}}'
        answer = page.post(f"/api/configs/{where}", content=body, headers={"Content-Type": "application/json"})
        assert answer.status_code == 422
        assert codes(answer) == ["request-wrong"]
    for text in (b"\\ud800", b"a = '\\ud800'"):
        body = b'{"text": "' + text + b'"}'
        answer = page.post("/api/configs/parse", content=body, headers={"Content-Type": "application/json"})
        assert answer.status_code == 422
