"""Every failure has one form, and the right status."""

import logging

import pytest
from fastapi import FastAPI
from pydantic import BaseModel
from starlette.testclient import TestClient

from mikazuki.errors import MikazukiError, MikazukiErrors
from mikazuki.web.envelope import Border, add_handlers, status_of


class Wanted(BaseModel):
    count: int
    name: str


RAISED: list[Exception] = []


@pytest.fixture
def client() -> TestClient:
    app = FastAPI()
    add_handlers(app)
    app.add_middleware(Border)

    @app.post("/api/thing")
    def thing(wanted: Wanted, limit: int = 1) -> str:
        return f"{wanted.name} {limit}"

    @app.get("/api/fails")
    def fails() -> None:
        raise RAISED[-1]

    return TestClient(app, raise_server_exceptions=False)


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("job-not-found", 404),
        ("output-exists", 409),
        ("caption-changed", 409),
        ("job-running", 409),
        ("job-not-running", 409),
        ("job-ended", 409),
        ("outside-roots", 403),
        ("settings-wrong", 422),
        ("disk-full", 422),
    ],
)
def test_the_code_tells_the_status(client: TestClient, code: str, status: int) -> None:
    RAISED.append(MikazukiError(code, "What is wrong.", "What to do."))
    answer = client.get("/api/fails")
    assert answer.status_code == status
    assert answer.json() == {"errors": [{"code": code, "message": "What is wrong.", "hint": "What to do."}]}


def test_several_refusals_come_together(client: TestClient) -> None:
    RAISED.append(MikazukiErrors([MikazukiError("a-wrong", "A.", "Do a."), MikazukiError("model-not-found", "B.")]))
    answer = client.get("/api/fails")
    assert answer.status_code == 422
    assert [one["code"] for one in answer.json()["errors"]] == ["a-wrong", "model-not-found"]


def test_several_are_a_conflict_only_together() -> None:
    conflict, wrong = MikazukiError("output-exists", ""), MikazukiError("a-wrong", "")
    assert status_of(MikazukiErrors([conflict])) == 409
    assert status_of(MikazukiErrors([conflict, wrong])) == 422
    assert status_of(MikazukiErrors([MikazukiError("model-not-found", "")])) == 422, "the route is there"


def test_several_read_as_one_are_a_list() -> None:
    both = MikazukiErrors([MikazukiError("a", "A.", "Do a."), MikazukiError("b", "B.")])
    assert str(both) == "- A. Do a.\n- B."
    assert both.exit_code == 2
    assert str(MikazukiErrors([MikazukiError("a", "A.", "Do a.")])) == "A. Do a."


def test_a_wrong_request_names_every_field_in_words(client: TestClient) -> None:
    answer = client.post("/api/thing?limit=x", json={"count": "many"})
    assert answer.status_code == 422
    said = {one["message"] for one in answer.json()["errors"]}
    assert "name is missing." in said
    assert any(text.startswith("count: input should be a valid integer") for text in said)
    assert any(text.startswith("limit: input should be a valid integer") for text in said)
    assert len(said) == 3


def test_a_body_that_is_no_json(client: TestClient) -> None:
    answer = client.post("/api/thing", content="{", headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["message"] == "The body of the request is no JSON."


def test_unknown_addresses_and_methods(client: TestClient) -> None:
    assert client.get("/api/nothing").json()["errors"][0]["code"] == "route-not-found"
    answer = client.get("/api/thing")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "POST"
    assert answer.json()["errors"][0]["code"] == "method-wrong"


def test_a_file_that_cannot_be_used_is_told(client: TestClient) -> None:
    RAISED.append(PermissionError(13, "Permission denied", "secret.txt"))
    answer = client.get("/api/fails")
    assert answer.status_code == 422
    assert "secret.txt could not be used: Permission denied" in answer.json()["errors"][0]["message"]
    RAISED.append(FileNotFoundError(2, "No such file", "gone.txt"))
    assert client.get("/api/fails").status_code == 404


def test_the_unforeseen_is_logged_whole_and_told_by_number(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    RAISED.append(ZeroDivisionError("a secret"))
    with caplog.at_level(logging.ERROR):
        answer = client.get("/api/fails")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    number = answer.json()["errors"][0]["message"].split("fault ")[1].split(")")[0]
    assert number in caplog.text
    assert "ZeroDivisionError: a secret" in caplog.text
