"""The places that taggers and captioners are fetched from, and where a file or a repository's page lies there."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final
from urllib.parse import quote

from mikazuki.settings.tagging import DownloadFrom


@dataclass(frozen=True, slots=True)
class Hub:
    """A place that models are fetched from."""

    name: DownloadFrom
    usual_home: str
    variable: str | None
    """Environment variable that names another address of it, such as a mirror."""
    branch: str
    below: str = ""
    """What stands between the address and a repository's name."""
    owners: Mapping[str, str] = field(default_factory=dict)
    """Owner of a known model at Hugging Face -> owner of the same one here, where models have been moved."""
    lacks: frozenset[str] = frozenset()
    """Known repositories, as Hugging Face names them, that are not here."""

    @property
    def home(self) -> str:
        """Its address, without a slash at the end."""
        return ((self.variable and os.environ.get(self.variable)) or self.usual_home).rstrip("/")

    def repository(self, repository: str) -> str:
        """Return a known repository's name here."""
        owner, slash, name = repository.partition("/")
        return f"{self.owners.get(owner, owner)}{slash}{name}"

    def address(self, repository: str, file: str) -> str:
        """Return where a file of a repository, as it is called here, can be fetched."""
        return f"{self.home}{self.below}/{quote(repository)}/resolve/{self.branch}/{quote(file)}"

    def page(self, repository: str) -> str:
        """Return the page that lists a repository's files."""
        return f"{self.home}{self.below}/{quote(repository)}/{'files' if self.below else f'tree/{self.branch}'}"


HUBS: Final[Mapping[DownloadFrom, Hub]] = MappingProxyType(
    {
        "huggingface": Hub("huggingface", "https://huggingface.co", "HF_ENDPOINT", "main"),
        "hf-mirror": Hub("hf-mirror", "https://hf-mirror.com", None, "main"),
        "modelscope": Hub(
            "modelscope",
            "https://modelscope.cn",
            "MODELSCOPE_ENDPOINT",
            "master",
            below="/models",
            owners={"SmilingWolf": "fireicewolf"},
            lacks=frozenset({"cella110n/cl_tagger"}),
        ),
    }
)
"""By the value of `download_from`."""
