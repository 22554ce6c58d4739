"""Does what the routes of the caption workbench ask for, and puts what comes of it into answers."""

from collections import Counter
from collections.abc import Sequence

from mikazuki.data.workbench import queries
from mikazuki.data.workbench.bench import Preview, Step, Workbench
from mikazuki.data.workbench.index import Entry
from mikazuki.data.workbench.suggest import suggested
from mikazuki.data.workbench.tag_lists import TagList, read_tag_list, tag_lists
from mikazuki.data.workbench.tags import split_tags
from mikazuki.data.workbench.tokens import token_counter
from mikazuki.errors import MikazukiError
from mikazuki.web.answers import captions as answers
from mikazuki.web.downloads import thumbnail_url
from mikazuki.web.studio import Studio


def bench_at(studio: Studio, path: str) -> Workbench:
    """Return the workbench of a folder; raises `outside-roots`, `dataset-not-found`, `draft-wrong`."""
    folder = studio.allowed(path)
    if not folder.is_dir():
        raise MikazukiError("dataset-not-found", f"There is no folder {folder}.", "Make the data set first.")
    return studio.workbenches.at(folder)


def state(studio: Studio, path: str) -> answers.CaptionState:
    """Say where a draft stands."""
    return _state(bench_at(studio, path))


def rows(studio: Studio, asked: answers.RowsRequest) -> answers.RowsPage:
    """Return a part of the captions that a query finds."""
    bench = bench_at(studio, asked.path)
    with bench.still():
        found = bench.rows()
        places = queries.ordered(bench.places(asked.query, asked.separator), found, asked.order, asked.separator)
        if asked.descending:
            places = places[::-1]
        shown = places[asked.start : asked.start + asked.limit]
        counts = token_counter().counts(found[place].words for place in shown)
        entries = bench.index.entries
        made = [
            _row(bench, entries[place], found[place], asked.separator, count)
            for place, count in zip(shown, counts, strict=True)
        ]
        return answers.RowsPage(total=len(places), start=asked.start, revision=bench.draft.revision, rows=made)


def tag_counts(studio: Studio, asked: answers.TagsRequest) -> answers.TagCounts:
    """Count the tags of the captions that a query finds."""
    bench = bench_at(studio, asked.path)
    with bench.still():
        found = bench.rows()
        texts = [found[place].text for place in bench.places(asked.query, asked.separator)]
        if asked.beside:
            counted = queries.beside(texts, asked.beside, asked.separator)
        else:
            counted = queries.frequencies(texts, asked.separator)
        most = [answers.TagCount(tag=tag, count=count) for tag, count in counted.most_common(asked.limit)]
        return answers.TagCounts(captions=len(texts), different=len(counted), tags=most)


def buckets(studio: Studio, asked: answers.BucketsRequest) -> list[answers.BucketCount]:
    """Count the buckets of the pictures that a query finds."""
    bench = bench_at(studio, asked.path)
    with bench.still():
        places = bench.places(asked.query, asked.separator)
        names = queries.bucket_names(bench.index.sizes(), asked.query.resolution)
        counted = Counter(names[place] for place in places if names[place])
        return [answers.BucketCount(bucket=bucket, count=count) for bucket, count in counted.most_common()]


def preview(studio: Studio, asked: answers.OperationRequest) -> answers.OperationPreview:
    """Return what an operation would change."""
    found = bench_at(studio, asked.path).preview(asked.selection, asked.operation, asked.separator)
    return _preview(found, asked.start, asked.limit)


def applied(studio: Studio, asked: answers.OperationRequest) -> answers.Changed:
    """Carry an operation out in the draft."""
    bench = bench_at(studio, asked.path)
    changed = bench.apply(asked.selection, asked.operation, asked.separator, asked.revision)
    return answers.Changed(captions=changed, state=_state(bench))


def edited(studio: Studio, asked: answers.CaptionTextRequest) -> answers.CaptionEdited:
    """Change one caption of the draft."""
    bench = bench_at(studio, asked.path)
    with bench.still():
        bench.edit(asked.name, asked.text, asked.seen)
        place = bench.index.places[asked.name]
        row = bench.rows()[place]
        made = _row(bench, bench.index.entries[place], row, asked.separator, token_counter().count(row.words))
        return answers.CaptionEdited(row=made, state=_state(bench))


def turned(studio: Studio, path: str, *, back: bool) -> answers.Changed:
    """Undo or redo one step."""
    bench = bench_at(studio, path)
    step = bench.undo() if back else bench.redo()
    return answers.Changed(captions=step.captions if step else 0, state=_state(bench))


def discarded(studio: Studio, path: str) -> answers.Changed:
    """Let all captions be as their files are."""
    bench = bench_at(studio, path)
    return answers.Changed(captions=bench.discard(), state=_state(bench))


def saved(studio: Studio, path: str) -> answers.CaptionsSaved:
    """Write what was changed."""
    bench = bench_at(studio, path)
    found = bench.save()
    failed = [
        answers.NotSaved(name=one.key, code=one.problem.code, message=one.problem.message) for one in found.failed
    ]
    now = _state(bench)
    return answers.CaptionsSaved(
        id=found.id, written=len(found.written), conflicts=now.conflicts, failed=failed, state=now
    )


def conflicts(studio: Studio, path: str) -> list[answers.CaptionConflict]:
    """Return captions that were changed in the draft and in their files."""
    return [
        answers.CaptionConflict(
            name=one.entry.name,
            thumbnail=thumbnail_url(one.entry.picture),
            base=one.base,
            mine=one.mine,
            theirs=one.theirs,
        )
        for one in bench_at(studio, path).conflicts()
    ]


def resolved(studio: Studio, asked: answers.ResolveRequest) -> answers.Changed:
    """Keep one side of conflicts."""
    bench = bench_at(studio, asked.path)
    wanted = None if asked.names is None else set(asked.names)
    keys = [one.entry.key for one in bench.conflicts() if wanted is None or one.entry.name in wanted]
    if asked.keep == "mine":
        bench.keep_mine(keys)
    else:
        bench.discard(keys)
    return answers.Changed(captions=len(keys), state=_state(bench))


def history(studio: Studio, path: str) -> list[answers.SaveInHistory]:
    """Return the Saves that can be given back."""
    return [
        answers.SaveInHistory(id=one.id, time=one.time, kind=one.kind, files=one.files, of=one.of)
        for one in bench_at(studio, path).history()
    ]


def restored(studio: Studio, asked: answers.RestoreRequest) -> answers.CaptionsRestored:
    """Give a Save back."""
    bench = bench_at(studio, asked.path)
    found = bench.restore(asked.id)
    return answers.CaptionsRestored(files=found.files, left=list(found.left), state=_state(bench))


def suggestions(studio: Studio, asked: answers.SuggestQuery) -> list[answers.TagSuggestion]:
    """Suggest tags for what was typed."""
    own = bench_at(studio, asked.path).frequencies(asked.separator)
    listed = read_tag_list(studio.allowed(asked.list)) if asked.list else TagList()
    return [
        answers.TagSuggestion(tag=one.tag, own=one.own, listed=one.listed)
        for one in suggested(asked.text, own, listed, asked.limit)
    ]


def lists(studio: Studio) -> list[answers.TagListFile]:
    """Return the lists of tags that lie in the folder for them."""
    return [answers.TagListFile(name=path.name, path=str(path)) for path in tag_lists(studio.paths.config)]


def _state(bench: Workbench) -> answers.CaptionState:
    now = bench.state()
    return answers.CaptionState(
        path=str(bench.folder),
        revision=now.revision,
        pictures=now.pictures,
        captions=now.captions,
        changed=now.changed,
        conflicts=now.conflicts,
        unreadable=now.unreadable,
        undo=_step(now.undo),
        redo=_step(now.redo),
        separator=now.separator,
        folders=list(now.folders),
    )


def _step(step: Step | None) -> answers.CaptionStep | None:
    if step is None:
        return None
    return answers.CaptionStep(kind=str(step.what.get("kind", "")), what=dict(step.what), captions=step.captions)


def _row(bench: Workbench, entry: Entry, row: queries.Row, separator: str, tokens: int) -> answers.DraftCaption:
    on_disk = bench.index.disk[entry.key]
    return answers.DraftCaption(
        name=entry.name,
        path=str(entry.picture),
        thumbnail=thumbnail_url(entry.picture),
        caption=row.text,
        saved=on_disk.text,
        changed=row.changed,
        conflict=bench.draft.conflict(entry.key, on_disk.text),
        encoding=on_disk.encoding,
        problem=on_disk.problem,
        tags=list(split_tags(row.words, separator)),
        tokens=tokens,
    )


def _preview(found: Preview, start: int, limit: int) -> answers.OperationPreview:
    return answers.OperationPreview(
        revision=found.revision,
        asked=found.asked,
        changed=len(found.changes),
        made=sum(old is None for _, old, _ in found.changes),
        removed=sum(new is None for _, _, new in found.changes),
        start=start,
        differences=_differences(found.changes[start : start + limit]),
    )


def _differences(changes: Sequence[tuple[Entry, str | None, str | None]]) -> list[answers.CaptionDifference]:
    return [
        answers.CaptionDifference(name=entry.name, thumbnail=thumbnail_url(entry.picture), old=old, new=new)
        for entry, old, new in changes
    ]
