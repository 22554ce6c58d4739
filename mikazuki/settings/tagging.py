"""What `python -m mikazuki tag` can be asked for: which pictures, which model, which tags, and how they are written."""

from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, PositiveInt, model_validator

from mikazuki.settings.base import Settings
from mikazuki.settings.options.kinds import OptionalCount, OptionalShare, OptionalText, Share, Words
from mikazuki.settings.values import no_empty

CATEGORIES: Final = ("general", "character", "copyright", "artist", "meta", "model", "rating", "quality")
"""Kinds of tags that taggers know; of the last two a picture has one tag each, the likeliest."""
BEST_OF: Final = frozenset({"rating", "quality"})


def replacements(text: str | None) -> dict[str, str]:
    r"""Read `old,new;old,new`, where `\,` and `\;` stand for the signs themselves; raises ValueError."""
    found: dict[str, str] = {}
    hidden = (text or "").replace(r"\,", "\0").replace(r"\;", "\1")
    for pair in filter(str.strip, hidden.split(";")):
        parts = [part.replace("\0", ",").replace("\1", ";").strip() for part in pair.split(",")]
        if len(parts) != 2 or not parts[0]:
            raise ValueError(f"{pair!r} is no replacement: write old,new and a semicolon before the next one")
        found[parts[0]] = parts[1]
    return found


def _checked_replacements(text: str | None) -> str | None:
    replacements(text)
    return text


def _checked_categories(names: tuple[str, ...]) -> tuple[str, ...]:
    known = [name for name in CATEGORIES if name not in BEST_OF]
    strange = [name for name in names if name not in known]
    if strange:
        raise ValueError(f"{', '.join(strange)}: choose from {', '.join(known)}")
    return names


Replacements = Annotated[str | None, BeforeValidator(no_empty), AfterValidator(_checked_replacements)]
Categories = Annotated[Words, AfterValidator(_checked_categories)]
OptionalDevice = Literal["auto", "cpu", "cuda", "directml"]
DownloadFrom = Literal["huggingface", "hf-mirror", "modelscope"]


class PicturesSettings(Settings):
    """Pictures and their captions."""

    train_data_dir: str
    """Folder of pictures, or one picture."""
    recursive: bool = False
    """Also the pictures in the folders inside."""
    caption_extension: Literal[".txt", ".caption", ".tags", ".cap"] = ".txt"
    """Ending of caption files."""
    on_conflict: Literal["keep", "overwrite", "append", "prepend"] = "keep"
    """What to do where a caption is there already: leave it, replace it, or add what is new behind or before it."""
    json_sidecar: bool = False
    """Also write `NAME.json` with every tag, its kind and its confidence."""
    dry_run: bool = False
    """Change no file, show what would change."""
    resume: OptionalText = None
    """Job folder of an earlier run: what that has done is left out."""
    logging_dir: str = "./logs"
    """Folder for job folders."""


class ModelSettings(Settings):
    """The tagger or captioner."""

    model: Annotated[str, Field(min_length=1)] = "wd-vit-tagger-v3"
    """Name of a known tagger, a folder with a model of your own, or a repository `owner/name` at a hub."""
    models_dir: str = "./sd-models/taggers"
    """Folder in which taggers lie, each in a folder of its name."""
    download: bool = True
    """Fetch a model that is not there."""
    download_from: DownloadFrom = "huggingface"
    """Where to fetch it; with huggingface, HF_ENDPOINT in the environment may name another mirror."""
    device: OptionalDevice = "auto"
    """Where to compute; auto takes the first of cuda, directml and cpu that is there."""
    batch_size: Annotated[PositiveInt, Field(le=1024)] = 8
    """Pictures at once; a model of a fixed number takes its own."""
    max_data_loader_n_workers: Annotated[PositiveInt, Field(le=64)] = 8
    """Threads that read pictures ahead; never more than the processor has cores."""
    threads: OptionalCount = None
    """Processor threads of the model; not set: all cores."""
    prompt: OptionalText = None
    """What a captioner is asked, or how its caption begins; not set: the model's usual."""
    max_new_tokens: Annotated[PositiveInt, Field(le=4096)] = 128
    """Longest caption of a captioner in tokens."""
    num_beams: Annotated[PositiveInt, Field(le=32)] = 1
    """Beams of a captioner's search; more are slower and often better."""


class TagsSettings(Settings):
    """Which tags, and how they are spelled."""

    thresh: Share = 0.35
    """Least confidence of a tag."""
    general_threshold: OptionalShare = None
    """The same for general tags; not set: thresh."""
    character_threshold: OptionalShare = None
    """The same for characters; not set: thresh."""
    categories: Categories = ("general", "character", "copyright")
    """Kinds of tags to take: general, character, copyright, artist, meta, model; not every tagger knows all."""
    use_rating_tags: bool = False
    """Put the likeliest rating first."""
    use_rating_tags_as_last_tag: bool = False
    """Put the likeliest rating last."""
    use_quality_tags: bool = False
    """Take the likeliest quality tag, of taggers that know quality."""
    character_tags_first: bool = False
    """Put characters before all other tags."""
    character_tag_expand: bool = False
    """Write `name_(series)` as two tags, `name` and `series`."""
    remove_underscore: bool = True
    """Write spaces for underscores, but not in emoticons such as `>_<` and `0_0`."""
    keep_underscore: OptionalText = None
    """Further tags whose underscores stay, separated by commas."""
    escape_brackets: bool = False
    """Put a backslash before round brackets and backslashes, as prompts with weights need it."""
    order: Literal["confidence", "model"] = "confidence"
    """Order of tags: the surest first, or as the model lists them."""
    max_tags: OptionalCount = None
    """Take no more tags than this, the surest."""
    tag_replacement: Replacements = None
    """Tags to write otherwise, as `old,new;old,new`; an empty new one leaves the tag out."""
    undesired_tags: OptionalText = None
    """Tags to leave out, separated by commas."""
    always_first_tags: OptionalText = None
    """Tags that come first where a picture has them, separated by commas, in this order."""
    additional_tags: OptionalText = None
    """Tags that begin every caption, separated by commas, such as a trigger word."""
    add_model_name: bool = False
    """Put the model's name behind the last tag."""
    caption_separator: Annotated[str, Field(min_length=1)] = ", "
    """What is written between tags."""


class TagSettings(TagsSettings, ModelSettings, PicturesSettings):
    """A whole run of a tagger or captioner."""

    version: Literal[1] = 1
    """Version of this file's format."""

    def threshold(self, category: str) -> float:
        """Return the least confidence of a tag of this kind."""
        own = {"general": self.general_threshold, "character": self.character_threshold}.get(category)
        return self.thresh if own is None else own

    @model_validator(mode="after")
    def _together(self) -> Self:
        if self.use_rating_tags and self.use_rating_tags_as_last_tag:
            raise ValueError("use_rating_tags and use_rating_tags_as_last_tag: a rating is either first or last")
        return self
