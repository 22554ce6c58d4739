"""Who gets in: names, tokens, other sites' pages, and the headers of every answer."""

from collections.abc import Mapping

import pytest
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from mikazuki.web.app import create_app
from mikazuki.web.guard import Guard, Policy, host_name, is_loopback, policy_for
from mikazuki.web.studio import Studio

TOKEN = "opensesame; \u53e3\u4ee4&=%"  # noqa: S105 - of no studio
EVERY_KIND = ("/", "/api/studio", "/api/files/raw?path=train/a.png", "/api/stream", "/tensorboard/", "/assets/x.js")


def asking(studio: Studio, policy: Policy, base: str = "http://127.0.0.1:28000") -> TestClient:
    guard = Guard(create_app(studio), policy)
    return TestClient(guard, base_url=base, follow_redirects=False, raise_server_exceptions=False)


@pytest.fixture
def open_client(studio: Studio) -> TestClient:
    return asking(studio, Policy())


@pytest.fixture
def locked_client(studio: Studio) -> TestClient:
    return asking(studio, Policy(TOKEN), "http://box.example:28000")


@pytest.mark.parametrize("host", ["127.0.0.1:28000", "localhost:28000", "[::1]:28000", "LOCALHOST"])
def test_a_loopback_studio_answers_under_its_own_names(open_client: TestClient, host: str) -> None:
    assert open_client.get("/api/bin", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:28000", "127.0.0.1.evil.example", "", "[", "localhost@x"]
)
def test_a_name_made_to_point_here_is_refused(open_client: TestClient, host: str) -> None:
    answer = open_client.get("/api/bin", headers={"host": host})
    assert answer.status_code == 403
    assert answer.json()["errors"][0]["code"] == "host-refused"


def test_with_a_token_any_name_will_do(locked_client: TestClient) -> None:
    headers = {"host": "rented.example", "authorization": f"Bearer {TOKEN}".encode()}
    assert locked_client.get("/api/bin", headers=headers).status_code == 200  # type: ignore[arg-type]


@pytest.mark.parametrize("path", EVERY_KIND)
@pytest.mark.parametrize("headers", [{}, {"authorization": "Bearer wrong"}, {"cookie": "mikazuki_x=1; a b;;=,"}])
def test_without_the_token_nothing_answers(locked_client: TestClient, path: str, headers: Mapping[str, str]) -> None:
    answer = locked_client.get(path, headers=dict(headers))
    assert answer.status_code == 401
    assert answer.json()["errors"][0]["code"] == "token-needed"


def test_a_wrong_cookie_of_the_right_name_is_refused(locked_client: TestClient) -> None:
    name = Policy(TOKEN).cookie
    assert locked_client.get("/api/bin", headers={"cookie": f"{name}={TOKEN[:5]}"}).status_code == 401
    assert locked_client.get("/api/bin", headers={"cookie": f"{name}="}).status_code == 401


def test_the_link_sets_a_cookie_and_takes_the_token_out_of_the_address(locked_client: TestClient) -> None:
    answer = locked_client.get("/", params={"token": TOKEN, "a": "b"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "./?a=b"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    assert TOKEN not in cookie
    assert locked_client.get("/api/bin").status_code == 200, "the client kept the cookie"


def test_from_another_sites_link_a_page_goes_on_by_itself(locked_client: TestClient) -> None:
    answer = locked_client.get("/", params={"token": TOKEN}, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 200
    assert 'http-equiv="refresh" content="0;url=./"' in answer.text
    assert "set-cookie" in answer.headers


@pytest.mark.parametrize(("path", "token"), [("/", "wrong"), ("/", ""), ("/api/bin", TOKEN), ("/assets/x", TOKEN)])
def test_a_link_enters_by_the_page_alone_and_with_the_right_token(
    locked_client: TestClient, path: str, token: str
) -> None:
    answer = locked_client.get(path, params={"token": token})
    assert answer.status_code == 401
    assert "set-cookie" not in answer.headers


def test_a_person_without_the_token_is_asked_for_it(locked_client: TestClient) -> None:
    answer = locked_client.get("/api/files/raw", headers={"accept": "text/html,*/*"})
    assert answer.status_code == 401
    assert 'action="../../"' in answer.text
    assert "\u53e3\u4ee4" in answer.text


CHANGE = {"path": "train/new"}


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:28001"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "origin": "http://127.0.0.1:28000"},
    ],
)
def test_another_sites_page_changes_nothing(open_client: TestClient, studio: Studio, headers: dict[str, str]) -> None:
    answer = open_client.post("/api/files/folder", json=CHANGE, headers=headers)
    assert answer.status_code == 403
    assert answer.json()["errors"][0]["code"] == "origin-refused"
    assert not (studio.paths.train / "new").exists()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "http://127.0.0.1:28000"},
        {"sec-fetch-site": "same-origin", "origin": "https://proxy.example"},
        {"x-forwarded-host": "proxy.example", "origin": "https://proxy.example"},
    ],
)
def test_the_own_page_and_programs_change_things(open_client: TestClient, headers: dict[str, str]) -> None:
    assert open_client.post("/api/files/folder", json=CHANGE, headers=headers).status_code == 200


def test_a_token_does_not_let_another_sites_page_change_things(locked_client: TestClient) -> None:
    headers = {"authorization": f"Bearer {TOKEN}".encode(), "origin": b"http://evil.example"}
    assert locked_client.post("/api/files/folder", json=CHANGE, headers=headers).status_code == 403  # type: ignore[arg-type]


def test_reading_methods_change_nothing(studio: Studio) -> None:
    """Every route that changes something takes another method: by its name alone, so that a new one is seen here."""
    paths = create_app(studio).openapi()["paths"]
    asked = {path for path, methods in paths.items() if "get" in methods}
    changing = ("start", "stop", "pause", "resume", "retry", "restore", "delete", "move", "folder", "upload", "rename")
    assert asked
    assert not [path for path in asked if path.rsplit("/", 1)[-1] in changing]


@pytest.mark.parametrize("path", ["/api/bin", "/api/nope", "/"])
def test_every_answer_says_what_it_may_load(open_client: TestClient, path: str) -> None:
    headers = open_client.get(path).headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert not [name for name in headers if name.startswith("access-control-")]


def test_refusals_carry_the_headers_too(locked_client: TestClient) -> None:
    assert "content-security-policy" in locked_client.get("/").headers


def test_tensorboard_has_a_policy_of_its_own(open_client: TestClient) -> None:
    assert "content-security-policy" not in open_client.get("/tensorboard/").headers


def test_a_preflight_of_another_site_gets_no_permission(open_client: TestClient) -> None:
    asked = {"origin": "http://evil.example", "access-control-request-method": "POST"}
    answer = open_client.options("/api/files/folder", headers=asked)
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.anyio
async def test_web_sockets_are_closed() -> None:
    async def app(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise AssertionError("let through")

    sent = []

    async def send(message: object) -> None:
        sent.append(message)

    await Guard(app, Policy())({"type": "websocket"}, None, send)  # type: ignore[arg-type]
    assert sent == [{"type": "websocket.close", "code": 1008}]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def test_names_of_hosts() -> None:
    assert host_name("[::1]:80") == "::1"
    assert host_name("Example.COM.:1") == "example.com"
    assert host_name("[") == ""


@pytest.mark.parametrize(("host", "expected"), [("127.0.0.1", True), ("127.8.8.8", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("192.168.1.5", False), ("box", False)])  # fmt: skip # noqa: E501, S104
def test_addresses_that_this_machine_alone_reaches(host: str, *, expected: bool) -> None:
    assert is_loopback(host) is expected


def test_a_studio_answers_under_the_name_it_is_bound_to(studio: Studio) -> None:
    client = asking(studio, policy_for("127.0.0.5", None))
    assert client.get("/api/bin", headers={"host": "127.0.0.5:28000"}).status_code == 200
