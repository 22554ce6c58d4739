import torch
from torch import Tensor

from mikazuki.models.convert import Target, gather, ungather
from mikazuki.models.keys import open_clip_table, originals, pieces, vae_table


def round_trip(original: dict[str, Tensor], table: dict[str, str]) -> dict[str, Tensor]:
    found, strangers = pieces(original, table)
    assert strangers == []
    state = gather(found, original.__getitem__, Target(torch.float32))
    return ungather(originals(state, table), state)


def test_changed_forms_come_back() -> None:
    text = {
        "transformer.resblocks.0.attn.in_proj_weight": torch.randn(6, 2),
        "transformer.resblocks.0.attn.in_proj_bias": torch.randn(6),
        "text_projection": torch.randn(2, 5),
        "positional_embedding": torch.randn(7, 2),
    }
    vae = {"encoder.mid.attn_1.q.weight": torch.randn(4, 4, 1, 1), "encoder.mid.block_1.conv1.weight": torch.randn(1)}
    for original, table in ((text, open_clip_table(1)), (vae, vae_table(2, 1))):
        back = round_trip(original, table)
        assert back.keys() == original.keys()
        assert all(torch.equal(back[name], tensor) for name, tensor in original.items())


def test_each_third_goes_where_it_belongs() -> None:
    stacked = torch.arange(6.0)[:, None]
    found, _ = pieces(["transformer.resblocks.0.attn.in_proj_weight"], open_clip_table(1))
    state = gather(found, lambda _: stacked, Target(torch.float32))
    thirds = {name.split(".")[4]: tensor.flatten().tolist() for name, tensor in state.items()}
    assert thirds == {"q_proj": [0, 1], "k_proj": [2, 3], "v_proj": [4, 5]}


def test_types_follow_the_request() -> None:
    found, _ = pieces(["ln_final.bias"], open_clip_table(1))
    state = gather(found, lambda _: torch.zeros(2, dtype=torch.float16), Target(torch.bfloat16))
    assert {tensor.dtype for tensor in state.values()} == {torch.bfloat16}
