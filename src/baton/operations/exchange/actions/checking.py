"""Read every line before the first row is written: a broken one brings none of its objects."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from baton.core.offers import (
    ImportKind,
    ImportRun,
    ImportTarget,
    Verdict,
    import_targets,
    read_link,
)
from baton.operations.exchange.actions.matching import Job
from baton.operations.exchange.actions.said import Said
from baton.operations.exchange.actions.tearing import fail_torn
from baton.operations.exchange.actions.writing import (
    CHUNK,
    Pending,
    batched,
    changed_rows,
    digest_of,
)
from baton.operations.exchange.rules.cells import CannotMap, is_skipped
from baton.operations.exchange.rules.reading import Left
from baton.operations.exchange.rules.recipe import Recipe
from baton.operations.exchange.rules.refusals import RowError
from baton.operations.exchange.rules.tally import Tally

Where = tuple[str, int]  # file and line
Thing = tuple[str, str]  # object type and key


class _Want(NamedTuple):
    """A line that names an object of another; ``thing`` is what it names."""

    job: Job
    line: int
    field: str
    of: ImportTarget
    key: str
    thing: Thing

    def may_miss(self) -> bool:
        """Whether the link is left out where there is nothing."""
        return self.job.recipe.fields[self.field].if_known

    @property
    def where(self) -> Where:
        return self.job.sheet.name, self.line


class _Names:
    """What links mean, found out once for each, as many rows name the same; and what two bear."""

    def __init__(self) -> None:
        self._meant: dict[Thing, Thing] = {}
        self._bearer: dict[Thing, str] = {}
        self.two: set[Thing] = set()

    def meant(self, of: ImportTarget, key: str) -> Thing:
        link = (of.object_type, key)
        if link not in self._meant:
            self._meant[link] = (of.object_type, of.alike(key))
        return self._meant[link]

    def bear(self, thing: Thing, called: str) -> None:
        """A mail or name is that of the object with this key, and maybe of another's."""
        if self._bearer.setdefault(thing, called) != called:
            self.two.add(thing)


class Checking:
    """What was found in the lines so far."""

    def __init__(self, recipe: Recipe, run: ImportRun, tally: Tally, said: Said) -> None:
        self._recipe, self._run, self._tally = recipe, run, tally
        self._lines = said
        self._brought: dict[Where, list[Thing]] = defaultdict(list)
        self._wanted: list[_Want] = []
        # What each key said first: of a part of the recipe, since another part may tell more of it.
        self._said: dict[tuple[int, str], tuple[int, Where]] = {}
        self._ours: set[Thing] = set()  # known from earlier imports
        self._names = _Names()

    def check(self, jobs: Sequence[Job]) -> None:
        """Fails lines in the tally: cells, doubles, what modules refuse, links to nothing."""
        for job in jobs:
            check = job.target.check(self._run) if job.target.check else None
            for chunk in batched(self._mapped(job), CHUNK):
                fresh = changed_rows(job, chunk, self._run)
                told = check([one.row() for one in fresh]) if check else {}
                for place, verdict in told.items():
                    self._tally.refuse(job.recipe.type, error_of(job, fresh[place].line, verdict))
                self._note(job, chunk, fresh)
        fail_torn(jobs, self._tally)
        self._fail_links()

    def _mapped(self, job: Job) -> Iterator[Pending]:
        mapper = job.mapper(self._recipe)
        for line in job.lines():
            if isinstance(line, RowError):
                self._tally.refuse_line(job.recipe.type, line)
                continue
            if isinstance(line, Left) or is_skipped(line, job.part, self._recipe):
                self._tally.skip(job.sheet.name, line.number)
                continue
            try:
                mapped = mapper.map(line)
            except CannotMap as no:
                self._fail(job, line.number, no.column, str(no))
                continue
            if mapped:
                may_repeat = job.target.is_repeated or job.recipe.repeats
                digest = "" if may_repeat else digest_of(mapped, self._run)
                pending = Pending(line.number, mapped, digest)
                self._lines.keep(job, pending)
                if may_repeat or self._is_new(job, pending):
                    job.filled.update(mapped.custom)
                    self._tally.expected += 1
                    yield pending

    def _is_new(self, job: Job, one: Pending) -> bool:
        """Whether the key comes for the first time; a second row may only say the same."""
        said = hash(one.digest)
        here = (job.sheet.name, one.line)
        first, where = self._said.setdefault((id(job.recipe), one.mapped.key), (said, here))
        if where == here:
            return True
        if first != said:
            words = _(
                "“%(key)s” stands in line %(line)s of %(file)s already, with other values. "
                "Keep one of the two."
            )
            said_twice = {"key": shown(one.mapped.key), "line": where[1], "file": where[0]}
            self._fail(job, one.line, job.column_of(""), words % said_twice)
        return False

    def _fail(self, job: Job, line: int, column: str, message: str) -> None:
        error = RowError(file=job.sheet.name, line=line, column=column, message=message)
        self._tally.refuse(job.recipe.type, error)

    def _note(self, job: Job, chunk: Sequence[Pending], fresh: Sequence[Pending]) -> None:
        """What the lines bring, and what the changed ones name."""
        names_of, alike = job.target.names_of, job.target.alike
        for one in chunk:
            called, also = one.mapped.key, one.mapped.also
            keys = {called, also, *(names_of(one.row()) if names_of else ())} - {""}
            here = self._brought[job.sheet.name, one.line]
            is_key = not read_link(called)[0]
            for key in keys:
                thing = (job.recipe.type, alike(key))
                here.append(thing)
                if is_key and read_link(key)[0]:
                    self._names.bear(thing, called)
        links = {
            field.name: of
            for field in job.target.fields
            if field.kind is ImportKind.LINK and (of := import_targets.find(field.of)) and of.known
        }
        for one in fresh:
            for name, of in links.items():
                for wanted in each_link(one.mapped.values.get(name)):
                    thing = self._names.meant(of, wanted)
                    self._wanted.append(_Want(job, one.line, name, of, wanted, thing))

    def _fail_links(self) -> None:
        """A line that names what neither a good line brings nor Baton knows fails; and then those
        that name what that line would have brought."""
        self._fail_twofold()
        while True:
            good = [one for one in self._wanted if one.where not in self._tally.bad_lines]
            here = {
                thing
                for where, things in self._brought.items()
                if where not in self._tally.bad_lines
                for thing in things
            }
            missing = self._unknown([one for one in good if one.thing not in here])
            self._tally.unlinked |= {want.thing for want in missing if want.may_miss()}
            missing = [want for want in missing if not want.may_miss()]
            if not missing:
                return
            words = _("There is no %(kind)s “%(key)s”. Import it too, or mend it.")
            for want in missing:
                self._fail_want(want, words)

    def _fail_twofold(self) -> None:
        """Links that fit two, of the files or here."""
        by_target: dict[str, set[str]] = defaultdict(set)
        for want in self._wanted:
            if want.of.twofold and read_link(want.key)[0]:
                by_target[want.of.object_type].add(want.key)
        two = {*self._names.two}
        for kind, keys in by_target.items():
            of = import_targets.find(kind)
            assert of is not None and of.twofold is not None  # noqa: S101, PT018 -- noted so
            for some in batched(sorted(keys), CHUNK):
                two |= {(kind, of.alike(key)) for key in of.twofold(some)}
        words = _("“%(key)s” fits more than one %(kind)s. Name it by its key, or mend it.")
        for want in self._wanted:
            if want.thing in two:
                self._fail_want(want, words)

    def _fail_want(self, want: _Want, words: str) -> None:
        if want.where not in self._tally.bad_lines:
            said = words % {"kind": want.of.object_type, "key": shown(want.key)}
            self._fail(want.job, want.line, want.job.column_of(want.field), said)

    def _unknown(self, wants: Sequence[_Want]) -> list[_Want]:
        """Those whose objects came with no earlier import either."""
        asked: dict[str, set[str]] = defaultdict(set)
        for want in wants:
            if want.thing not in self._ours:
                asked[want.of.object_type].add(want.key)
        for kind, keys in asked.items():
            of = import_targets.find(kind)
            assert of is not None  # noqa: S101 -- only such links are noted
            assert of.known is not None  # noqa: S101 -- the same
            for some in batched(sorted(keys), CHUNK):
                self._ours |= {(kind, of.alike(key)) for key in of.known(self._run.source, some)}
        return [want for want in wants if want.thing not in self._ours]


def each_link(value: str | Sequence[str] | None) -> Sequence[str]:
    """What a field links to: nothing, one, or all of a list."""
    if not value:
        return ()
    return (value,) if isinstance(value, str) else value


def shown(key: str) -> str:
    """A key or link as messages say it."""
    return read_link(key)[1][:60]


def error_of(job: Job, line: int, verdict: Verdict) -> RowError:
    """A module's refusal, with the column to mend."""
    return RowError(
        file=job.sheet.name,
        line=line,
        column=job.column_of(verdict.field),
        message=verdict.message,
    )
