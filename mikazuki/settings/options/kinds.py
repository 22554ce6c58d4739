"""The kinds of value that options take."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, NonNegativeFloat, PositiveInt

from mikazuki.settings.values import (
    Resolution,
    StepsOrShare,
    check_pair,
    key_values,
    no_empty,
    parse_resolution,
    parse_steps,
    split_pairs,
    split_rates,
    split_words,
)

OptionalText = Annotated[str | None, BeforeValidator(no_empty)]
OptionalCount = Annotated[PositiveInt | None, BeforeValidator(no_empty)]
OptionalNumber = Annotated[float | None, BeforeValidator(no_empty)]
OptionalPositive = Annotated[Annotated[float, Field(gt=0)] | None, BeforeValidator(no_empty)]
Rate = Annotated[NonNegativeFloat | None, BeforeValidator(no_empty)]
Rates = Annotated[tuple[NonNegativeFloat, ...] | None, BeforeValidator(split_rates)]
Share = Annotated[float, Field(ge=0, le=1)]
OptionalShare = Annotated[Share | None, BeforeValidator(no_empty)]
KeyValues = Annotated[tuple[str, ...], BeforeValidator(split_pairs), AfterValidator(key_values)]
Words = Annotated[tuple[str, ...], BeforeValidator(split_words)]
Numbers = Annotated[tuple[float, ...], BeforeValidator(split_words)]
Size = Annotated[Resolution, BeforeValidator(parse_resolution)]
Steps = Annotated[StepsOrShare, BeforeValidator(parse_steps)]
FaceRange = Annotated[str | None, BeforeValidator(no_empty), AfterValidator(check_pair)]
Interpolation = Annotated[
    Literal["lanczos", "nearest", "bilinear", "linear", "bicubic", "cubic", "area"] | None, BeforeValidator(no_empty)
]
