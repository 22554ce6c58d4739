"""Forms, presets and the guided mode."""

from fastapi import APIRouter

from mikazuki.web.answers.base import Done
from mikazuki.web.answers.forms import Choice, ChoicesAnswer, ConceptList, FormAnswer, GuideAnswer, GuideRequest, Preset
from mikazuki.web.studio import StudioDep

# What does the work is imported when a request first needs it: the studio must answer at once.

router = APIRouter(prefix="/api", tags=["forms"])


@router.get("/choices")
def choices() -> ChoicesAnswer:
    """Return every method, family and engine."""
    from mikazuki.preparing import choices as known
    from mikazuki.settings.form_words import named
    from mikazuki.web.form_answers import text

    return ChoicesAnswer(
        methods={name: text(words) for name, words in named("methods").items()},
        families={name: text(words) for name, words in named("families").items()},
        choices=[
            Choice(
                method=one.method,
                family=one.family,
                engines=list(one.engines),
                ready=list(one.ready),
                reason=one.reason,
            )
            for one in known.choices()
        ],
    )


@router.get("/forms/concept")
def concept_form() -> FormAnswer:
    """Return the form of one concept of a concepts_list."""
    from mikazuki.settings.concept_form import form_of_concept
    from mikazuki.web.form_answers import form_answer

    return form_answer(form_of_concept())


@router.get("/concepts")
def concepts(path: str, studio: StudioDep) -> ConceptList:
    """Return the concepts of a file, right or wrong; the check says what is wrong with them."""
    from mikazuki.settings.concepts import listed_concepts
    from mikazuki.web.form_answers import shown

    root = studio.paths.root
    return ConceptList(values=listed_concepts(studio.allowed(path), lambda found: str(shown(found, root))))


@router.get("/forms/{method}/{family}")
def form(method: str, family: str, engine: str = "auto") -> FormAnswer:
    """Return the form of a method on a family; `auto` for a family is the one of any base model that is told apart."""
    from mikazuki.preparing import choices as known
    from mikazuki.web.form_answers import form_answer

    return form_answer(known.form(method, family, engine))


@router.get("/presets")
def presets(studio: StudioDep, method: str = "", family: str = "") -> list[Preset]:
    """Return presets, those that a person saved among them."""
    from mikazuki.preparing import presets as kept
    from mikazuki.web.form_answers import preset_answer

    return [
        preset_answer(one)
        for one in kept.presets(studio.paths)
        if method in {"", one.method} and family in {"", one.family}
    ]


@router.put("/presets/{name}")
def keep_preset(name: str, preset: Preset, studio: StudioDep) -> Preset:
    """Save a preset of a person."""
    from mikazuki.preparing import presets as kept
    from mikazuki.settings.form_words import Words
    from mikazuki.web.form_answers import preset_answer

    title, why = Words(preset.title.en, preset.title.zh), Words(preset.why.en, preset.why.zh)
    wanted = kept.Preset(name, title, why, preset.method, preset.family, preset.memory, preset.values)
    return preset_answer(kept.keep(studio.paths, wanted))


@router.delete("/presets/{name}")
def drop_preset(name: str, studio: StudioDep) -> Done:
    """Delete a preset that a person saved, into the bin."""
    from mikazuki.preparing import presets as kept

    path = kept.own_file(studio.paths, name)
    studio.bin.put(path, "config", path.stem)
    return Done()


@router.post("/guide")
def guide(wish: GuideRequest, studio: StudioDep) -> GuideAnswer:
    """Fill the form from a goal, a method, pictures, a model and a card, each value with its reason.

    The prompts to draw on the way are written to a file in config/prompts, which the values name.
    """
    from mikazuki.preparing import guide as guided
    from mikazuki.web.form_answers import guide_answer, shown

    root = studio.paths.root
    folder, model = (shown(studio.allowed(path), root) for path in (wish.folder, wish.model))
    asked = guided.Wish(wish.goal, folder, model, wish.memory, wish.method)
    found = guided.guide(asked, output=studio.paths.output)
    prompts = studio.paths.config.resolve() / "prompts" / f"{found.settings['output_name']}.txt"
    return guide_answer(guided.with_prompts(found, shown(prompts, root)), wish.language)
