"""The few plain pages that the server writes itself: a closed door, a page not built, the list of routes."""

from collections.abc import Iterator
from html import escape
from typing import Any, Final

STYLE: Final = (
    "body{font:16px/1.6 system-ui,'Noto Sans CJK SC','Microsoft YaHei',sans-serif;max-width:44rem;margin:3rem auto;"
    "padding:0 1rem;color-scheme:light dark}code,pre{font-family:ui-monospace,monospace}"
    "input,button{font:inherit;padding:.4rem .6rem}section{border-top:1px solid #8884;padding:.5rem 0}"
)


def _page(title: str, body: str, head: str = "") -> str:
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title>{head}'
        f"<style>{STYLE}</style></head><body>{body}</body></html>"
    )


def token_page(root: str) -> str:
    """Return the page that asks for the token; ``root`` is the way to the studio's root."""
    return _page(
        "Mikazuki",
        "<h1>Mikazuki</h1><p>This studio wants its token: open the link that was printed where it was started, "
        'or type the token.</p><p lang="zh-CN">此工作台需要口令:请打开'
        "启动时显示的链接,或在下面输入口令。</p>"
        f'<form action="{escape(root)}" method="get"><label>Token / 口令 '
        '<input name="token" type="password" autocomplete="current-password" autofocus required></label> '
        "<button>Open / 打开</button></form>",
    )


def entered_page(target: str) -> str:
    """Return a page that goes on to ``target`` by itself."""
    return _page(
        "Mikazuki",
        f'<p><a href="{escape(target)}">Mikazuki</a></p>',
        f'<meta http-equiv="refresh" content="0;url={escape(target)}">',
    )


def not_built_page() -> str:
    """Return what is shown where the page's built files are missing."""
    return _page(
        "Mikazuki",
        "<h1>Mikazuki</h1><p>The studio runs, but the files of its page are missing: <code>mikazuki/web/static</code> "
        "is empty. Restore them with <code>git checkout mikazuki/web/static</code>, or build them with "
        "<code>cd frontend &amp;&amp; npm ci &amp;&amp; npm run build</code>, then reload.</p>"
        '<p lang="zh-CN">工作台已启动,但缺少页面文件。'
        "请执行 <code>git checkout mikazuki/web/static</code>,然后刷新。</p>"
        '<p>The API works: <a href="api/docs">routes</a>.</p>',
    )


def routes_page(document: dict[str, Any]) -> str:
    """Write an OpenAPI document as a page to read, with nothing loaded from elsewhere."""
    info = document["info"]
    parts = [
        f"<h1>{escape(info['title'])} {escape(info['version'])}: routes</h1>",
        '<p>For programs: <a href="openapi.json">openapi.json</a>.</p>',
        *_routes(document),
        "<h2>Shapes</h2>",
        *_shapes(document.get("components", {}).get("schemas", {})),
    ]
    return _page("Mikazuki: routes", "".join(parts))


def _routes(document: dict[str, Any]) -> Iterator[str]:
    for path, methods in document["paths"].items():
        for method, route in methods.items():
            body = route.get("requestBody", {}).get("content", {})
            taken = [_type(part.get("schema", {})) for part in body.values()]
            given = [
                _type(part.get("schema", {}))
                for status, answer in route["responses"].items()
                if status.startswith("2")
                for part in answer.get("content", {}).values()
            ]
            parameters = [
                f"{p['name']}: {_type(p['schema'])}" for p in route.get("parameters", []) if p["in"] != "header"
            ]
            yield (
                f"<section><code><b>{method.upper()}</b> {escape(path)}</code>"
                f"<br>{escape(route.get('description', ''))}"
                + (f"<br>Parameters: {', '.join(parameters)}" if parameters else "")
                + (f"<br>Takes {', '.join(taken)}" if taken else "")
                + (f"<br>Gives {', '.join(given)}" if given else "")
                + "</section>"
            )


def _shapes(schemas: dict[str, Any]) -> Iterator[str]:
    for name, schema in sorted(schemas.items()):
        fields = "".join(
            f"<li><code>{escape(field)}</code>: {_type(kind)} {escape(kind.get('description', ''))}</li>"
            for field, kind in schema.get("properties", {}).items()
        )
        text = escape(schema.get("description", ""))
        yield f'<section id="{escape(name)}"><b>{escape(name)}</b> {text}<ul>{fields}</ul></section>'


def _type(schema: dict[str, Any]) -> str:
    """Write a schema's type in a few words; named shapes link to their section."""
    if "$ref" in schema:
        name = escape(schema["$ref"].rsplit("/", 1)[-1])
        return f'<a href="#{name}">{name}</a>'
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            return " or ".join(_type(one) for one in schema[several])
    if "enum" in schema:
        return escape(", ".join(map(repr, schema["enum"])))
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    return escape(str(schema.get("type", "anything")))
