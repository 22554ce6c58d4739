"""Brings the studio up: an address that is free, the server, the browser."""

import gc
import logging
import os
import platform
import shutil
import socket
import subprocess
import sys
import threading
import webbrowser
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import quote

import uvicorn

from mikazuki.errors import EXIT_FAILED, MikazukiError
from mikazuki.log import set_up
from mikazuki.processes import setting_once
from mikazuki.web.app import guarded
from mikazuki.web.guard import policy_for
from mikazuki.web.studio import Studio

logger = logging.getLogger(__name__)

PORTS_TRIED: Final = 100
ANYWHERE: Final = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - compared with, not bound to
LAST_WORDS_SECONDS: Final = 2
"""How long answers under way may take when the studio ends."""


def bind(host: str, port: int) -> socket.socket:
    """Return a listening socket on ``port`` or the next free one; its name tells which.

    Raises MikazukiError ``port-not-free`` or ``address-wrong``.
    """
    last = min(port + PORTS_TRIED, 65536)
    for number in range(port, last) if port else (0,):
        try:
            return _listen(host, number)
        except OSError as error:
            if isinstance(error, socket.gaierror) or not _is_taken(error):
                hint = "Give an address of this machine with --host, 127.0.0.1 for this machine alone."
                raise MikazukiError("address-wrong", f"--host {host}: {error.strerror or error}.", hint) from error
    message = f"None of the ports {port} to {last - 1} is free on {host}."
    raise MikazukiError("port-not-free", message, "Name another one with --port.", exit_code=EXIT_FAILED)


def _is_taken(error: OSError) -> bool:
    import errno

    # On Windows a port kept for the system answers with a refusal; on POSIX one below 1024 does.
    return error.errno in {errno.EADDRINUSE, errno.EACCES, 10013, 10048}


def _listen(host: str, port: int) -> socket.socket:
    family, _, _, _, address = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[
        0
    ]
    found = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform == "win32":
            found.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:  # a studio that was ended a moment ago must not keep its own port
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(address)
        found.listen(128)
    except OSError:
        found.close()
        raise
    return found


def link(host: str, port: int, token: str | None) -> str:
    """Return the address to open, with the token in it."""
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}/" + (f"?token={quote(token, safe='')}" if token else "")


def reachable(host: str) -> list[str]:
    """Return the addresses under which a person finds a studio bound to ``host``, this machine's own first."""
    if host not in ANYWHERE:
        return [host]
    found = ["127.0.0.1"]
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(("10.255.255.255", 1))  # sends nothing: the system only says which way it would go
            found.append(probe.getsockname()[0])
    except OSError:
        pass
    return list(dict.fromkeys(found))


class _Server(uvicorn.Server):
    """Says when it is up, and ends the streams before it waits for the answers under way."""

    def __init__(self, config: uvicorn.Config, studio: Studio, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_ready = on_ready
        self._close = setting_once(studio.closing)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._on_ready()

    def handle_exit(self, sig: int, frame: Any) -> None:
        self._close()
        super().handle_exit(sig, frame)


def serve(studio: Studio, listening: socket.socket, host: str, on_ready: Callable[[], None]) -> None:
    """Answer on a socket until Ctrl-C, which is raised again as KeyboardInterrupt; the log is logs/studio.log."""
    set_up(file=studio.paths.logs / studio.log_name, others=("uvicorn",))
    config = uvicorn.Config(
        guarded(studio, policy_for(host, studio.token)),
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="on",
        ws="none",
        timeout_graceful_shutdown=LAST_WORDS_SECONDS,
    )
    logger.info("the studio answers on %s port %d", host, listening.getsockname()[1])
    gc.freeze()  # what the start has made stays: it need not be looked through again and again
    gc.enable()
    _Server(config, studio, on_ready).run(sockets=[listening])


def open_browser(url: str) -> None:
    """Open the page, where there is a desktop to open it on; never wait for the browser."""
    if has_desktop():
        threading.Thread(target=_open, args=(url,), name="browser", daemon=True).start()


def has_desktop() -> bool:
    """Say whether this process can show a browser: a text browser in the terminal would be in the way."""
    if sys.platform in {"win32", "darwin"} or _is_wsl():
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _is_wsl() -> bool:
    return sys.platform == "linux" and "microsoft" in platform.release().lower()


def _open(url: str) -> None:
    explorer = shutil.which("explorer.exe") if _is_wsl() else None
    if explorer:
        subprocess.run([explorer, url], check=False)  # Windows' own browser, from within its Linux
        return
    webbrowser.open(url)
