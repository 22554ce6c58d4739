"""Every method by its name: what builds it beside a base model in memory."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from mikazuki.settings.methods import DREAMBOOTH, FINE_TUNE, HYPERNETWORK, IMAGIC, INVERSION, LORA, PIVOTAL
from mikazuki.training.methods import Loaded, Method
from mikazuki.training.methods.full import FullMethod
from mikazuki.training.methods.hypernetwork import HypernetworkMethod
from mikazuki.training.methods.imagic import ImagicMethod
from mikazuki.training.methods.lora import LoraMethod
from mikazuki.training.methods.pivotal import PivotalMethod
from mikazuki.training.methods.textual_inversion import InversionMethod

METHODS: Final[Mapping[str, Callable[[Loaded], Method]]] = MappingProxyType(
    {
        LORA: LoraMethod.on,
        DREAMBOOTH: FullMethod,
        FINE_TUNE: FullMethod,
        INVERSION: InversionMethod,
        HYPERNETWORK: HypernetworkMethod,
        PIVOTAL: PivotalMethod,
        IMAGIC: ImagicMethod,
    }
)
