"""What `python -m mikazuki workspace fetch` can be asked for."""

from mikazuki.settings.base import Settings


class FetchSettings(Settings):
    """A base model from Hugging Face; HF_ENDPOINT names a mirror, HF_TOKEN is your key where one is needed."""

    repository: str
    """Repository of a base model in the diffusers layout, as `owner/name`."""
    models_dir: str = "./sd-models"
    """Folder for base models; the model becomes a folder `owner--name` in it."""
    revision: str | None = None
    """Branch, tag or commit; not set: the main one."""


def folder_of(repository: str) -> str:
    """Return the name of the folder that a repository is fetched into."""
    return repository.replace("/", "--")
