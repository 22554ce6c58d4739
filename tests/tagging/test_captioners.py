"""Captioners on tiny random models of two kinds: one that goes on writing, and one that answers."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from mikazuki.errors import MikazukiError
from mikazuki.tagging.known import kind_of
from mikazuki.tagging.open import load_model
from tests.tagging.world import settings

pytestmark = pytest.mark.tiny

SPECIAL = {"pad_token": "<pad>", "unk_token": "<unk>", "bos_token": "<s>", "eos_token": "</s>"}
PICTURE = "<image>"
SIZE = {"hidden_size": 16, "intermediate_size": 16, "num_attention_heads": 2}
WORDS = "a red cat dog on the mat photo of what is it"
TEMPLATE = (
    "{% for turn in messages %}{% for part in turn['content'] %}"
    "{% if part['type'] == 'image' %}<image> {% else %}USER: {{ part['text'] }} {% endif %}"
    "{% endfor %}{% endfor %}{% if add_generation_prompt %}ASSISTANT:{% endif %}"
)


@pytest.fixture(scope="module")
def blip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from transformers import (
        BertTokenizer,
        BlipConfig,
        BlipForConditionalGeneration,
        BlipImageProcessorPil,
        BlipProcessor,
    )

    folder = tmp_path_factory.mktemp("blip")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS.split()]
    text = {**SIZE, "vocab_size": len(words), "encoder_hidden_size": 16, "projection_dim": 8, "num_hidden_layers": 1}
    special = {"bos_token_id": 2, "eos_token_id": 3, "sep_token_id": 3, "pad_token_id": 0}
    vision = {**SIZE, "projection_dim": 8, "num_hidden_layers": 1, "image_size": 32, "patch_size": 16}
    torch.manual_seed(0)
    config = BlipConfig(
        text_config={**text, **special, "max_position_embeddings": 64},
        vision_config=vision,
        projection_dim=8,
        image_text_hidden_size=8,
    )
    BlipForConditionalGeneration(config).save_pretrained(folder)
    tokenizer = BertTokenizer(vocab={word: place for place, word in enumerate(words)})
    pictures = BlipImageProcessorPil(size={"height": 32, "width": 32})
    BlipProcessor(image_processor=pictures, tokenizer=tokenizer).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def llava(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import transformers
    from tokenizers import Tokenizer, models, pre_tokenizers

    folder = tmp_path_factory.mktemp("llava")
    words = ["<pad>", "<unk>", "<s>", "</s>", "<image>", "USER:", "ASSISTANT:", *WORDS.split()]
    inner = Tokenizer(models.WordLevel({word: place for place, word in enumerate(words)}, unk_token=words[1]))
    inner.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer = transformers.PreTrainedTokenizerFast(
        tokenizer_object=inner,
        **SPECIAL,
        additional_special_tokens=[PICTURE],
    )
    vision = transformers.CLIPVisionConfig(**SIZE, num_hidden_layers=2, image_size=32, patch_size=16, projection_dim=8)
    ids = {"pad_token_id": 0, "bos_token_id": 2, "eos_token_id": 3}
    text = transformers.LlamaConfig(**SIZE, vocab_size=len(words), num_hidden_layers=1, num_key_value_heads=2, **ids)
    torch.manual_seed(0)
    config = transformers.LlavaConfig(vision_config=vision, text_config=text, image_token_index=4)
    transformers.LlavaForConditionalGeneration(config).save_pretrained(folder)
    crop = {"height": 32, "width": 32}
    transformers.LlavaProcessor(
        image_processor=transformers.CLIPImageProcessorPil(size={"shortest_edge": 32}, crop_size=crop),
        tokenizer=tokenizer,
        patch_size=16,
        vision_feature_select_strategy="default",
        image_token=PICTURE,
        chat_template=TEMPLATE,
        num_additional_image_tokens=1,
    ).save_pretrained(folder)
    return folder


def texts(folder: Path, count: int = 2, **given: Any) -> list[str]:
    assert kind_of(folder) == "captioner"
    reader = load_model(folder, "captioner", settings(max_new_tokens=6, **given))
    assert reader.where == "cpu"
    pictures = [np.full((40, 30, 3), value, dtype=np.uint8) for value in (0, 255)][:count]
    return [reading.text for reading in reader.read([reader.prepare(picture) for picture in pictures])]


def test_one_that_goes_on_writing(blip: Path) -> None:
    free = texts(blip)
    assert len(free) == 2
    assert all(free)
    assert set(" ".join(free).split()) <= set(WORDS.split())
    assert all(text.startswith("a photo of") for text in texts(blip, prompt="a photo of", num_beams=2))
    assert texts(blip) == free


def test_one_that_answers_leaves_the_question_out(llava: Path) -> None:
    answers = texts(llava, prompt="what is it")
    assert not any("what is it" in answer or "ASSISTANT" in answer for answer in answers)
    assert len(set(answers)) == 2
    # a batch changes no answer
    assert texts(llava, 1, prompt="what is it") == answers[:1]


def test_what_cannot_be_loaded(tmp_path: Path, blip: Path) -> None:
    (tmp_path / "config.json").write_text('{"model_type": "nothing"}', encoding="utf-8")
    (tmp_path / "model.safetensors").write_bytes(b"")
    with pytest.raises(MikazukiError) as error:
        load_model(tmp_path, "captioner", settings())
    assert error.value.code == "captioner-broken"
    with pytest.raises(MikazukiError) as error:
        load_model(blip, "captioner", settings(device="directml"))
    assert error.value.code == "device-missing"
