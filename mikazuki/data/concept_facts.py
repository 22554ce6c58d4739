"""The concepts of a training in numbers: pictures, class pictures there and wanted, limits."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from mikazuki.data.class_pictures import ClassMatch
from mikazuki.data.entries import Entry
from mikazuki.settings.concepts import read_concepts
from mikazuki.settings.train import TrainSettings


@dataclass(frozen=True, slots=True)
class ConceptFacts:
    """A concept in numbers: its pictures trained on, pictures of its class there and wanted, and its limit.

    `limit` is how many of its pictures the training shows, and `epochs` in how many epochs; None without one.
    """

    folder: str
    instance_token: str
    class_token: str
    pictures: int
    class_there: int
    class_wanted: int
    limit: int | None
    epochs: int | None


def concept_facts(
    settings: TrainSettings, entries: Sequence[Entry], matches: Sequence[ClassMatch]
) -> list[ConceptFacts]:
    """Return the concepts in numbers."""
    by_concept = {match.concept: match for match in matches}
    facts = []
    for number, concept in enumerate(read_concepts(settings.concepts_list) if settings.concepts_list else ()):
        own = [entry for entry in entries if entry.dataset == number and not entry.is_reg]
        match = by_concept.get(number)
        there, planned = (len(match.used), len(match.planned)) if match else (0, 0)
        limit = concept.limit
        facts.append(
            ConceptFacts(
                folder=concept.instance_data_dir,
                instance_token=concept.instance_token,
                class_token=concept.class_token,
                pictures=len(own),
                class_there=there,
                class_wanted=there + planned,
                limit=limit,
                epochs=math.ceil(limit / sum(entry.repeats for entry in own)) if limit else None,
            )
        )
    return facts
