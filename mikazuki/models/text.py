"""Captions to conditions: token ids in windows, hidden states of the text encoders, SDXL's pooled caption and sizes."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, Final

import torch
from torch import Tensor

from mikazuki.models.load import text_core

BRACKET_FACTOR: Final = 1.1
"""What round brackets without a number multiply a word's weight by, and square ones divide it by."""
_MARKS: Final = re.compile(
    r"\\(?P<escaped>[()\[\]\\]?)"
    r"|:(?P<weight>[+-]?(?:\d+\.?\d*|\.\d+))\)"
    r"|(?P<bracket>[()\[\]])"
    r"|(?P<plain>[^\\()\[\]:]+|:)"
)
_PHRASE_END: Final = re.compile(r"[,;.!?]+(?=\s|$)|[\u3001\u3002\uff01\uff0c\uff1b\uff1f]")
"""Marks that part phrases: behind a word, not within one such as `1.5`; Chinese ones anywhere."""

Phrase = list[tuple[str, float]]
"""Pieces of a text that are read together, and what each piece's words weigh."""
Row = tuple[list[int], list[float]]
"""Token ids, and what each of them weighs."""


def tokenize(tokenizer: Any, captions: Sequence[str], max_token_length: int = 75) -> Tensor:
    """Return token ids of captions, int64 [caption, window, 77]: a window for every 75 of ``max_token_length``.

    Each window begins with the start token. A caption that is cut or ends in a window closes it with the end token;
    where the filler is not the end token, an empty window holds one end token and fillers.
    """
    window = int(tokenizer.model_max_length)
    rows = tokenizer(list(captions), truncation=True, max_length=max_token_length + 2, verbose=False)["input_ids"]
    return torch.stack([_windows(ids, tokenizer, max_token_length // (window - 2)) for ids in rows])


def parse_weights(caption: str) -> Phrase:
    r"""Split a caption into pieces of one weight (sd-scripts ``weighted_captions``).

    ``(red:1.3)`` weighs 1.3, ``(red)`` 1.1, ``[red]`` 1 / 1.1; brackets inside brackets multiply. An open bracket
    that is never closed reaches to the end; a closing one that was never opened is a character like others, and so
    is any of ``()[]\`` behind a backslash.
    """
    pieces: list[str] = []
    weights: list[float] = []
    opened: dict[str, list[int]] = {"(": [], "[": []}

    def multiply(start: int, factor: float) -> None:
        weights[start:] = [weight * factor for weight in weights[start:]]

    for mark in _MARKS.finditer(caption):
        said, bracket = mark.group(), mark["bracket"]
        if mark["weight"] is not None and opened["("]:
            multiply(opened["("].pop(), float(mark["weight"]))
        elif bracket in opened:
            opened[bracket].append(len(pieces))
        elif bracket == ")" and opened["("]:
            multiply(opened["("].pop(), BRACKET_FACTOR)
        elif bracket == "]" and opened["["]:
            multiply(opened["["].pop(), 1 / BRACKET_FACTOR)
        else:
            pieces.append(said if mark["escaped"] is None else mark["escaped"])
            weights.append(1.0)
    for start in opened["("]:
        multiply(start, BRACKET_FACTOR)
    for start in opened["["]:
        multiply(start, 1 / BRACKET_FACTOR)
    # words of one weight are read together: a word cut in two has other tokens
    runs = groupby(zip(pieces, weights, strict=True), key=lambda pair: pair[1])
    return [("".join(piece for piece, _ in run), weight) for weight, run in runs]


def tokenize_weighted(tokenizer: Any, captions: Iterable[str], max_token_length: int = 75) -> tuple[Tensor, Tensor]:
    """Return token ids as `tokenize` does, and each token's weight, float32 of the same shape.

    Start, end and filling tokens weigh 1. A caption without brackets has the ids that `tokenize` gives it.
    """
    count = max_token_length // (int(tokenizer.model_max_length) - 2)
    rows = [_weighted_row(caption, tokenizer, max_token_length) for caption in captions]
    ids = torch.stack([_windows(row, tokenizer, count) for row, _ in rows])
    weights = torch.ones(ids.shape)
    for row, (_, given) in enumerate(rows):
        inner = weights.new_ones(max_token_length)
        inner[: len(given)] = torch.tensor(given)
        weights[row, :, 1:-1] = inner.view(count, -1)
    return ids, weights


def _weighted_row(caption: str, tokenizer: Any, longest: int) -> Row:
    """Return a caption's ids (start, words, end) and the words' weights, both cut to ``longest`` words."""
    ids, weights = _weighted_words(parse_weights(caption), tokenizer)
    return [tokenizer.bos_token_id, *ids[:longest], tokenizer.eos_token_id], weights[:longest]


def _weighted_words(phrase: Phrase, tokenizer: Any) -> Row:
    """Return the ids of the words alone, and each one's weight."""
    ids: list[int] = []
    weights: list[float] = []
    for piece, weight in phrase:
        found = tokenizer(piece, verbose=False)["input_ids"][1:-1]
        ids += found
        weights += [weight] * len(found)
    return ids, weights


def tokenize_strict(
    tokenizer: Any, captions: Iterable[str], max_token_length: int = 75, *, weighted: bool = False
) -> tuple[Tensor, Tensor]:
    """Return token ids and weights as `tokenize_weighted` does, each phrase of a caption a text of its own.

    What lies between `,;.!?` (or their Chinese forms) is a phrase. Phrases stand one after another in a window, each
    between a start and an end token, without the marks; a single one stands as `tokenize` has it. A phrase that the
    rest of a window is too short for begins the next one, one of more than 75 tokens fills windows alone, and from
    the first one on that has no window left nothing is read. ``weighted`` reads brackets.
    """
    count = max_token_length // (int(tokenizer.model_max_length) - 2)
    rows = [_packed(_phrases(caption, weighted=weighted), tokenizer, count) for caption in captions]
    ids = torch.tensor([[ids for ids, _ in row] for row in rows])
    return ids, torch.tensor([[weights for _, weights in row] for row in rows])


def _phrases(caption: str, *, weighted: bool) -> list[Phrase]:
    """Part a caption at its marks; a bracket may span several phrases, or a part of one."""
    phrases: list[Phrase] = [[]]
    for piece, weight in parse_weights(caption) if weighted else [(caption, 1.0)]:
        first, *others = _PHRASE_END.split(piece)
        phrases[-1].append((first, weight))
        phrases += [[(other, weight)] for other in others]
    return [phrase for phrase in phrases if any(piece.strip() for piece, _ in phrase)]


def _packed(phrases: list[Phrase], tokenizer: Any, count: int) -> list[Row]:
    """Put phrases into ``count`` windows of equal length."""
    length = int(tokenizer.model_max_length)
    windows: list[Row] = [([], [])]
    for ids, weights in _pieces(phrases, tokenizer, length - 2):
        if len(windows[-1][0]) + len(ids) > length:
            if len(windows) == count:
                break
            windows.append(([], []))
        windows[-1][0].extend(ids)
        windows[-1][1].extend(weights)
    windows += [([], []) for _ in range(count - len(windows))]
    return [
        _filled(ids or [tokenizer.bos_token_id, tokenizer.eos_token_id], weights, tokenizer) for ids, weights in windows
    ]


def _pieces(phrases: list[Phrase], tokenizer: Any, longest: int) -> Iterator[Row]:
    """Yield each phrase between start and end, cut into several where it has more than ``longest`` tokens."""
    for phrase in phrases:
        ids, weights = _weighted_words(phrase, tokenizer)
        for start in range(0, len(ids), longest):
            end = start + longest
            yield [tokenizer.bos_token_id, *ids[start:end], tokenizer.eos_token_id], [1.0, *weights[start:end], 1.0]


def _filled(ids: list[int], weights: list[float], tokenizer: Any) -> Row:
    length = int(tokenizer.model_max_length)
    return ids + [tokenizer.pad_token_id] * (length - len(ids)), weights + [1.0] * (length - len(weights))


def _windows(ids: list[int], tokenizer: Any, count: int) -> Tensor:
    """Cut ``ids`` (start, words, end) into ``count`` windows."""
    end, filler = tokenizer.eos_token_id, tokenizer.pad_token_id
    inner = int(tokenizer.model_max_length) - 2
    padded = ids + [filler] * (count * inner + 2 - len(ids))
    if count == 1:
        return torch.tensor([padded])
    windows = [[padded[0], *padded[1 + i * inner :][:inner], padded[-1]] for i in range(count)]
    if filler != end:
        for window in windows:
            if window[-2] not in {end, filler}:
                window[-1] = end
            if window[1] == filler:
                window[1] = end
    return torch.tensor(windows)


def encode_sd(encoder: Any, ids: Tensor, clip_skip: int | None = None, *, weights: Tensor | None = None) -> Tensor:
    """Return SD1's or SD2's condition [caption, tokens, width] for ``ids`` [caption, window, 77].

    ``clip_skip`` n takes the nth last layer's output through the last norm; None and 1 mean the last layer. Several
    windows become one row with the first window's start and the last one's end. ``weights`` are of the shape of
    ``ids``, as `weigh` takes them.
    """
    flat = ids.flatten(0, 1)
    if clip_skip is None or clip_skip == 1:
        states = encoder(flat).last_hidden_state
    else:
        hidden = encoder(flat, output_hidden_states=True).hidden_states[-clip_skip]
        states = text_core(encoder).final_layer_norm(hidden)
    return weigh(join_windows(states, ids.shape[1]), weights)


def encode_sdxl(
    encoders: Sequence[Any], ids1: Tensor, ids2: Tensor, *, weights: Sequence[Tensor] | None = None
) -> tuple[Tensor, Tensor]:
    """Return SDXL's condition [caption, tokens, width of both] and the pooled caption [caption, width].

    The condition is the last but one layer's output of both encoders, without norm; the pooled caption is the second
    encoder's projection of the first window's end (`text_ends`), which ``weights`` (one for each encoder) leave alone.
    """
    first = encoders[0](ids1.flatten(0, 1), output_hidden_states=True).hidden_states[-2]
    flat = ids2.flatten(0, 1)
    second = encoders[1](flat, output_hidden_states=True)
    windows = ids2.shape[1]
    parts = (join_windows(first, ids1.shape[1]), join_windows(second.hidden_states[-2], windows))
    weighed = [weigh(part, given) for part, given in zip(parts, weights or (None, None), strict=True)]
    return torch.cat(weighed, dim=-1), _pooled(encoders[1], second.last_hidden_state, flat)[::windows]


def weigh(states: Tensor, weights: Tensor | None) -> Tensor:
    """Multiply joined states [caption, tokens, width] by the weights [caption, window, 77] of their tokens.

    Nothing is scaled back afterwards: sd-scripts' trainers multiply, and only its pictures on the way keep the mean.
    """
    if weights is None:
        return states
    joined = join_windows(weights.to(states.device).flatten(0, 1).unsqueeze(-1), weights.shape[1])
    # in fp32, since bf16 knows no 1.1
    return (states * joined).to(states.dtype)


def _pooled(encoder: Any, states: Tensor, ids: Tensor) -> Tensor:
    """Project the state at each row's end. Tokens added to the vocabulary have higher ids than the end token."""
    ends = text_ends(ids, text_core(encoder).config.eos_token_id)
    return torch.as_tensor(encoder.text_projection(states[torch.arange(len(states), device=states.device), ends]))


def text_ends(ids: Tensor, end: int) -> Tensor:
    """Return where the text of each row [row, tokens] ends: its first ``end`` that no further phrase follows."""
    follows = torch.zeros_like(ids, dtype=torch.bool)
    # every row begins with the start token, and only a phrase of its own has another one behind an end
    follows[:, :-1] = ids[:, 1:] == ids[:, :1]
    return ((ids == end) & ~follows).int().argmax(dim=1)


def join_windows(states: Tensor, windows: int) -> Tensor:
    """Join hidden states [caption * windows, 77, width] to [caption, windows * 75 + 2, width]."""
    if windows == 1:
        return states
    parts = states.reshape(-1, windows, *states.shape[1:])
    inner = parts[:, :, 1:-1].flatten(1, 2)
    return torch.cat((parts[:, 0, :1], inner, parts[:, -1, -1:]), dim=1)


def sdxl_time_ids(original_size_hw: Tensor, crop_top_left: Tensor, target_size_hw: Tensor) -> Tensor:
    """Return the six numbers SDXL is told about each picture, float32 [picture, 6]; arguments are [picture, 2]."""
    return torch.cat((original_size_hw, crop_top_left, target_size_hw), dim=-1).float()
