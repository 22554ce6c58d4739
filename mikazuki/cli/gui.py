"""Open the studio: the browser workspace on this machine, or with --listen for others who have its token."""

import argparse
import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mikazuki.errors import EXIT_STOPPED, MikazukiError
from mikazuki.paths import repository

if TYPE_CHECKING:
    from mikazuki.web.studio import Studio

LOOPBACK: Final = "127.0.0.1"
EVERYWHERE: Final = "0.0.0.0"  # noqa: S104 - only with --listen, and then a token is required
PORT: Final = 28000
TOKEN_VARIABLE: Final = "MIKAZUKI_TOKEN"  # noqa: S105 - a name

TEXTS: Final = {
    "en": {
        "taken": "Port {wanted} is taken; using {port}.",
        "open": "The studio is at {link}",
        "token": "Whoever has this link may do everything in the studio: give it to nobody else.",
        "end": "Ctrl-C ends the studio; trainings that run go on, and the next start follows them again.",
        "ended": "The studio has ended.",
        "going": "{count} still running: they go on by themselves. Start the studio again to see them.",
    },
    "zh-CN": {
        "taken": "端口 {wanted} 已被占用,改用 {port}。",
        "open": "工作台地址: {link}",
        "token": "持有此链接的人可以在工作台中进行任何操作,请勿转发给他人。",
        "end": "按 Ctrl-C 关闭工作台;正在进行的训练会继续,下次启动时会重新跟踪。",
        "ended": "工作台已关闭。",
        "going": "仍有 {count} 个训练在运行,会自行继续。重新启动工作台即可查看。",
    },
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--host", default=LOOPBACK, help="address to listen on (default: %(default)s)")
    parser.add_argument(
        "--port", type=_port, default=PORT, help="port; the next free one if taken (default: %(default)s)"
    )
    parser.add_argument("--listen", action="store_true", help="listen on all addresses; a token is required then")
    parser.add_argument("--token", help=f"what every request must show; else {TOKEN_VARIABLE}, else one is made")
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")
    parser.add_argument("--lang", choices=tuple(TEXTS), help="language of the page; default: the browser's")
    parser.add_argument("--tensorboard-port", type=_port, default=6006, help="first port tried for TensorBoard")
    parser.add_argument(
        "--data-root",
        type=Path,
        action="append",
        default=[],
        metavar="DIR",
        help="further folder the page may look into",
    )


def run(arguments: argparse.Namespace) -> int:
    """Serve until Ctrl-C."""
    roots = [_folder(root) for root in arguments.data_root]
    os.chdir(repository().root)  # where the paths in settings files begin
    from mikazuki.web import serve
    from mikazuki.web.guard import is_loopback
    from mikazuki.web.studio import Studio

    host = EVERYWHERE if arguments.listen and arguments.host == LOOPBACK else arguments.host
    given = arguments.token or os.environ.get(TOKEN_VARIABLE) or None
    token = given or (None if is_loopback(host) else secrets.token_urlsafe(18))
    studio = Studio(
        repository(),
        token,
        arguments.lang,
        more_roots=roots,
        tensorboard_port=arguments.tensorboard_port,
        runs_queue=True,
    )
    texts = TEXTS[arguments.lang or "en"]
    with serve.bind(host, arguments.port) as listening:
        port = int(listening.getsockname()[1])
        links = [serve.link(name, port, token) for name in serve.reachable(host)]

        def say() -> None:
            _say(texts, links, (arguments.port, port), secret=token is not None)
            if not arguments.no_browser:
                serve.open_browser(links[0])

        # where the shell that started it lets Ctrl-C pass by, it ends by a signal without being interrupted
        with suppress(KeyboardInterrupt):
            serve.serve(studio, listening, host, say)
        if not studio.closing.is_set():
            return 0
        _say_end(texts, studio)
        return EXIT_STOPPED


def _say(texts: dict[str, str], links: Sequence[str], ports: tuple[int, int], *, secret: bool) -> None:
    wanted, port = ports
    if wanted not in {0, port}:
        print(texts["taken"].format(wanted=wanted, port=port))
    for one in links:
        print(texts["open"].format(link=one))
    if secret:
        print(texts["token"])
    print(texts["end"], flush=True)


def _say_end(texts: dict[str, str], studio: "Studio") -> None:
    from mikazuki.jobs.process import RUNS, true_status

    count = sum(true_status(job).state in RUNS for job in studio.queue.active())
    print("\n" + texts["ended"])
    if count:
        print(texts["going"].format(count=count))


def _port(text: str) -> int:
    if not text.isdigit() or not 0 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port: a number from 0 (any free one) to 65535")
    return int(text)


def _folder(path: Path) -> Path:
    if not path.is_dir():
        raise MikazukiError("folder-not-found", f"--data-root: {path} is no folder.", "Name one that is there.")
    return path.absolute()
