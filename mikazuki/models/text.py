"""Captions to conditions: token ids in windows, hidden states of the text encoders, SDXL's pooled caption and sizes."""

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from mikazuki.models.load import text_core


def tokenize(tokenizer: Any, captions: Sequence[str], max_token_length: int = 75) -> Tensor:
    """Return token ids of captions, int64 [caption, window, 77]: a window for every 75 of ``max_token_length``.

    Each window begins with the start token. A caption that is cut or ends in a window closes it with the end token;
    where the filler is not the end token, an empty window holds one end token and fillers.
    """
    window = int(tokenizer.model_max_length)
    rows = tokenizer(list(captions), truncation=True, max_length=max_token_length + 2, verbose=False)["input_ids"]
    return torch.stack([_windows(ids, tokenizer, max_token_length // (window - 2)) for ids in rows])


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


def encode_sd(encoder: Any, ids: Tensor, clip_skip: int | None = None) -> Tensor:
    """Return SD1's or SD2's condition [caption, tokens, width] for ``ids`` [caption, window, 77].

    ``clip_skip`` n takes the nth last layer's output through the last norm; None and 1 mean the last layer. Several
    windows become one row with the first window's start and the last one's end.
    """
    flat = ids.flatten(0, 1)
    if clip_skip is None or clip_skip == 1:
        states = encoder(flat).last_hidden_state
    else:
        hidden = encoder(flat, output_hidden_states=True).hidden_states[-clip_skip]
        states = text_core(encoder).final_layer_norm(hidden)
    return join_windows(states, ids.shape[1])


def encode_sdxl(encoders: Sequence[Any], ids1: Tensor, ids2: Tensor) -> tuple[Tensor, Tensor]:
    """Return SDXL's condition [caption, tokens, width of both] and the pooled caption [caption, width].

    The condition is the last but one layer's output of both encoders, without norm; the pooled caption is the second
    encoder's projection of the first window's end token.
    """
    first = encoders[0](ids1.flatten(0, 1), output_hidden_states=True).hidden_states[-2]
    flat = ids2.flatten(0, 1)
    second = encoders[1](flat, output_hidden_states=True)
    windows = ids2.shape[1]
    context = torch.cat((join_windows(first, ids1.shape[1]), join_windows(second.hidden_states[-2], windows)), dim=-1)
    return context, _pooled(encoders[1], second.last_hidden_state, flat)[::windows]


def _pooled(encoder: Any, states: Tensor, ids: Tensor) -> Tensor:
    """Project the state at each row's first end token. Tokens added to the vocabulary have higher ids than it."""
    ends = (ids == text_core(encoder).config.eos_token_id).int().argmax(dim=1)
    return torch.as_tensor(encoder.text_projection(states[torch.arange(len(states), device=states.device), ends]))


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
