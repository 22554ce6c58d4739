"""Forms, presets and guided choices as the studio answers them."""

from pathlib import Path

from mikazuki.preparing.guide import Guide
from mikazuki.preparing.presets import Preset as KeptPreset
from mikazuki.settings.form import Form
from mikazuki.settings.form_fields import Field as FormField
from mikazuki.settings.form_words import Words
from mikazuki.web.answers.base import Language, Notice, Text
from mikazuki.web.answers.forms import Condition, Field, FormAnswer, GuideAnswer, GuideValue, Preset, Section


def shown(path: Path, root: Path) -> Path:
    """Return a path as settings have it: relative where jobs start in the project's folder and it lies there."""
    near = path.is_relative_to(root.resolve()) and Path.cwd() == root.resolve()
    return path.relative_to(root.resolve()) if near else path


def text(words: Words) -> Text:
    """Return a text."""
    return Text(en=words.en, zh=words.zh)


def in_language(words: Words, language: Language) -> str:
    """Return a text in one language."""
    return words.zh if language == "zh-CN" else words.en


def form_answer(form: Form) -> FormAnswer:
    """Return a form."""
    sections = [
        Section(name=part.name, title=text(part.title), fields=[_field(field) for field in part.fields])
        for part in form.sections
    ]
    return FormAnswer(method=form.method, family=form.family, engine=form.engine, sections=sections)


def _field(field: FormField) -> Field:
    bounds = field.bounds
    return Field(
        name=field.name,
        kind=field.kind,
        nullable=field.nullable,
        default=field.default,
        choices=list(field.choices),
        minimum=bounds.get("minimum", bounds.get("exclusiveMinimum")),
        maximum=bounds.get("maximum", bounds.get("exclusiveMaximum")),
        exclusive_minimum="exclusiveMinimum" in bounds,
        exclusive_maximum="exclusiveMaximum" in bounds,
        multiple_of=bounds.get("multipleOf"),
        suggestions=list(field.suggestions),
        path=field.path,
        secret=field.secret,
        multiline=field.multiline,
        text=text(field.text),
        when=[Condition(option=one.option, values=list(one.values), is_not=one.is_not) for one in field.when],
        basic=field.basic,
    )


def preset_answer(preset: KeptPreset) -> Preset:
    """Return a preset."""
    return Preset(
        name=preset.name,
        title=text(preset.title),
        why=text(preset.why),
        method=preset.method,
        family=preset.family,
        memory=preset.memory,
        values=preset.values,
        own=preset.own,
    )


def guide_answer(found: Guide, language: Language) -> GuideAnswer:
    """Return what the guided mode chose, its warnings in one language."""
    return GuideAnswer(
        method=found.method,
        family=found.family,
        engine=found.engine,
        pictures=found.pictures,
        captions=found.captions,
        values=[GuideValue(option=one.option, value=one.value, why=text(one.why)) for one in found.values],
        warnings=[Notice(code=code, text=in_language(words, language)) for code, words in found.warnings],
    )
