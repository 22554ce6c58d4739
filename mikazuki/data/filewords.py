r"""What a prompt with `[filewords]` says about one picture: its caption, the subject's word in place of its class's.

The DreamBooth extension's rules, and where these differ from them, each time because theirs spoil captions:

- Tokens are found as whole words in any case, never as regular expressions: `[sks]` or `c++` mean themselves. A token
  is not whole where a letter or digit touches it (`man` in `mannequin`), nor within a compound (`man` in `man-made`);
  `_` and digits behind a hyphen part words, as file names such as `zxy_01` and `zxy-2` have them.
- Han characters and kana have no such border, as nothing parts Chinese or Japanese words: a token made of them is
  found wherever it stands, in a longer word too, and one beside them is whole. So a Chinese class should be no part of
  another word that captions use.
- The article before a class is recognised as a whole word in any case: theirs turned `drama man` into `dramman`.
- A token that contains the other one (`zxy man` and `man`) is one token, not two.
- A token that is there is not put in front again, also where only one of the two is set.
- A deleted token takes its comma with it, and a token put in front of nothing brings none.
- Spaces and backslashes are tidied before the tokens are looked for as well as afterwards, so that filling a text that
  is filled already changes nothing.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mikazuki.settings.concepts import FILEWORDS

_NUMBER: Final = re.compile(r"^[-\d]+\s*")
# kana, Han with its older and compatible forms, Hangul: written without spaces, or with endings put right on
_UNPARTED: Final = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_SIGN: Final = f"[^\\W_{_UNPARTED}]"
"""A letter or digit that makes one word with its neighbours."""
_LETTER: Final = f"[^\\W\\d_{_UNPARTED}]"
_LEFT: Final = f"(?<!{_SIGN})(?<!{_LETTER}-)"
_RIGHT: Final = f"(?!{_SIGN})(?!-{_LETTER})"
_ARTICLE: Final = f"(?:{_LEFT}(?:a|an|the) )?"


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a concept is called: the subject's own word, and what it is one of; each may be empty or several words."""

    instance: str = ""
    subject_class: str = ""


def caption_of(path: Path, text: str | None) -> str:
    """Return a picture's caption: its caption file's ``text``, or without one its name without a leading number.

    `003 a dog.png` and `2026-11-21 a dog.png` say `a dog`. An empty caption file says nothing, whatever the name.
    """
    return (_NUMBER.sub("", path.stem) if text is None else text).strip()


def fill(template: str, caption: str, tokens: Tokens, *, is_class: bool) -> str:
    """Return what a picture's prompt says, in one line, without backslashes.

    `[filewords]` in the template becomes the caption; a template without it stands as it is. Then, with both tokens:

    - an instance picture's text that has the instance token stays; else the class with its article becomes the
      instance token, at every place; a text with neither gets `INSTANCE, ` in front;
    - a class picture's text loses the instance token where it has the class, else has the class in its place; a text
      with neither gets `CLASS, ` in front.

    With one token alone, pictures of its kind that lack it get it in front, and the others keep their text; without
    tokens all do.

    Args:
        template: A concept's prompt.
        caption: What `caption_of` gives.
        tokens: What the concept is called.
        is_class: The picture is one of the class, not of the subject.
    """
    text = _tidy(template.replace(FILEWORDS, caption))
    instance, general = _tidy(tokens.instance), _tidy(tokens.subject_class)
    if instance and general and instance.lower() != general.lower():
        text = _of_class(text, instance, general) if is_class else _of_instance(text, instance, general)
    text, wanted = _tidy(text), general if is_class else instance
    if not wanted or _has(text, wanted):
        return text
    return f"{wanted}, {text}" if text else wanted


def _of_instance(text: str, instance: str, general: str) -> str:
    """Put the instance token in the places of the class and its article, unless it is there."""
    if _has(text, instance, general):
        return text
    return _replaced(text, re.compile(_ARTICLE + _whole(general), re.IGNORECASE), instance)


def _of_class(text: str, instance: str, general: str) -> str:
    """Delete the instance token, with the comma of a tag that it was alone; or put the class in its places."""
    if not _has(text, general, instance):
        return _replaced(text, _pattern(instance), general)
    word, kept = _whole(instance), _longer(general, instance)
    gone = re.compile(f"{kept}^(?:{word} ?, ?)+|, ?{word}(?= ?(?:,|$))|{word}", re.IGNORECASE)
    return gone.sub(_longer_alone, text)


def _longer_alone(found: re.Match[str]) -> str:
    return found.groupdict().get("longer") or ""


def _longer(other: str, token: str) -> str:
    """Return an alternative that takes the other token first, where this one is a part of it."""
    return f"(?P<longer>{_whole(other)})|" if len(other) > len(token) and _pattern(token).search(other) else ""


def _has(text: str, token: str, other: str = "") -> bool:
    """Tell whether a text has a token, other than as a part of the other one."""
    pattern = re.compile(_longer(other, token) + f"(?P<own>{_whole(token)})", re.IGNORECASE)
    return any(found["own"] is not None for found in pattern.finditer(text))


def _replaced(text: str, pattern: re.Pattern[str], word: str) -> str:
    """Put a word in every place of a pattern, spaces around it where it would run into its neighbours."""
    done, end = "", 0
    whole: Callable[[str, int], re.Match[str] | None] = _pattern(word).match
    for found in pattern.finditer(text):
        done += text[end : found.start()]
        end = found.end()
        before = "" if whole(done + word, len(done)) else " "
        after = "" if whole(word + text[end:], 0) else " "
        done += before + word + after
    return done + text[end:]


def _whole(token: str) -> str:
    """Return a regular expression for a token as a whole word; only ends that are letters or digits need a border."""
    left = _LEFT if re.match(_SIGN, token) else ""
    right = _RIGHT if re.match(_SIGN, token[-1]) else ""
    return left + re.escape(token) + right


def _pattern(token: str) -> re.Pattern[str]:
    return re.compile(_whole(token), re.IGNORECASE)


def _tidy(text: str) -> str:
    return " ".join(text.replace("\\", "").split())
