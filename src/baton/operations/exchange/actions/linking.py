"""What the lines of the files bring and name: a line that names what nobody brings fails.

Of each line stand a few numbers here, no words: a million lines must fit in the memory.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence

from django.utils.translation import gettext as _

from baton.core.offers import ImportKind, ImportRun, ImportTarget, import_targets, read_link
from baton.operations.exchange.actions.matching import Job
from baton.operations.exchange.actions.writing import CHUNK, Pending, batched
from baton.operations.exchange.rules.tally import Tally

Thing = tuple[str, str]  # object type and key
Fail = Callable[[Job, int, str, str], None]


class _Names:
    """What links mean, found out once for each, as many rows name the same: a number by which the
    lines know it."""

    def __init__(self) -> None:
        self._numbers: dict[Thing, int] = {}
        self.things: list[Thing] = []
        self.keys: list[str] = []

    def number(self, of: ImportTarget, key: str) -> int:
        """Of the link as the file says it."""
        link = (of.object_type, key)
        found = self._numbers.get(link)
        if found is None:
            found = self._numbers[link] = len(self.keys)
            self.keys.append(key)
            self.things.append((of.object_type, of.alike(key)))
        return found


class _Brought:
    """The objects that the lines of one file bring: their hashes, and the lines."""

    def __init__(self) -> None:
        self.things, self._lines = array("q"), array("Q")

    def add(self, line: int, thing: Thing) -> None:
        self.things.append(hash(thing))
        self._lines.append(line)

    def but_of(self, bad: Collection[int]) -> Iterator[int]:
        """What comes with other lines than these."""
        pairs = zip(self.things, self._lines, strict=True)
        return (thing for thing, line in pairs if line not in bad) if bad else iter(self.things)


class _Links:
    """What the lines of a file name in one field: numbers of names."""

    def __init__(self, job: Job, field: str, of: ImportTarget) -> None:
        self.job, self.field, self.of = job, field, of
        self._lines, self._named = array("Q"), array("Q")

    def add(self, line: int, number: int) -> None:
        self._lines.append(line)
        self._named.append(number)

    @property
    def may_miss(self) -> bool:
        """Whether the link is left out where there is nothing."""
        return self.job.recipe.fields[self.field].if_known

    def named(self, bad: Collection[int]) -> set[int]:
        """Each name once, but for those of bad lines."""
        if not bad:
            return set(self._named)
        pairs = zip(self._named, self._lines, strict=True)
        return {number for number, line in pairs if line not in bad}

    def lines_with(self, numbers: Collection[int]) -> Iterator[tuple[int, int]]:
        """The lines that name one of these, and which."""
        pairs = zip(self._lines, self._named, strict=True)
        return ((line, number) for line, number in pairs if number in numbers)


class Linking:
    """What was found in the lines so far."""

    def __init__(self, run: ImportRun, tally: Tally, jobs: Sequence[Job], fail: Fail) -> None:
        self._run, self._tally, self._fail = run, tally, fail
        self._names = _Names()
        self._brought: dict[str, _Brought] = defaultdict(_Brought)  # by file
        self._links: list[_Links] = []
        self._ours: set[int] = set()  # numbers of names known from earlier imports
        self._two: set[int] = set()  # things that two bear
        self._bearers: dict[int, int] = {}
        # What no line could name needs no note: the people of a file of people alone.
        self._named_types = {of.object_type for job in jobs for of in _linked(job).values()}

    def note(self, job: Job, chunk: Sequence[Pending], fresh: Sequence[Pending]) -> None:
        """What the lines bring, and what the changed ones name."""
        if job.recipe.type in self._named_types:
            self._note_brought(job, chunk)
        for name, of in _linked(job).items():
            links = self._links_of(job, name, of)
            for one in fresh:
                for wanted in each_link(one.mapped.values.get(name)):
                    links.add(one.line, self._names.number(of, wanted))

    def _note_brought(self, job: Job, chunk: Sequence[Pending]) -> None:
        names_of, alike = job.target.names_of, job.target.alike
        brought = self._brought[job.sheet.name]
        for one in chunk:
            called, also = one.mapped.key, one.mapped.also
            is_key = not read_link(called)[0]
            for key in {called, also, *(names_of(one.row()) if names_of else ())} - {""}:
                thing = (job.recipe.type, alike(key))
                brought.add(one.line, thing)
                if is_key and read_link(key)[0]:
                    self._bear(thing, called)

    def _bear(self, thing: Thing, called: str) -> None:
        """A mail or name is that of the object with this key, and maybe of another's."""
        bearer = hash(called)
        if self._bearers.setdefault(hash(thing), bearer) != bearer:
            self._two.add(hash(thing))

    def _links_of(self, job: Job, name: str, of: ImportTarget) -> _Links:
        for links in reversed(self._links):
            if links.job is job and links.field == name:
                return links
        self._links.append(_Links(job, name, of))
        return self._links[-1]

    def fail_links(self) -> None:
        """A line that names what neither a good line brings nor Baton knows fails; and then those
        that name what that line would have brought."""
        self._fail_twofold()
        while True:
            bad = self._bad_lines()
            here = {
                thing
                for file, brought in self._brought.items()
                for thing in brought.but_of(bad.get(file, ()))
            }
            asked = [(one, one.named(bad.get(one.job.sheet.name, ()))) for one in self._links]
            missing = self._unknown(asked, here)
            for links, numbers in missing:
                if links.may_miss:
                    self._tally.unlinked |= {self._names.things[number] for number in numbers}
            words = _("There is no %(kind)s “%(key)s”. Import it too, or mend it.")
            failing = [one for one in missing if one[1] and not one[0].may_miss]
            for links, numbers in failing:
                self._fail_lines(links, numbers, words)
            if not failing:
                return

    def _bad_lines(self) -> dict[str, set[int]]:
        found: dict[str, set[int]] = defaultdict(set)
        for file, line in self._tally.bad_lines:
            found[file].add(line)
        return found

    def _unknown(
        self, asked: Sequence[tuple[_Links, set[int]]], here: set[int]
    ) -> list[tuple[_Links, set[int]]]:
        """Those whose objects come with no good line, and came with no earlier import either."""
        left: dict[str, set[int]] = defaultdict(set)
        for links, numbers in asked:
            numbers -= {number for number in numbers if hash(self._names.things[number]) in here}
            left[links.of.object_type] |= numbers - self._ours
        for kind, numbers in left.items():
            of = import_targets.find(kind)
            assert of is not None  # noqa: S101 -- only such links are noted
            assert of.known is not None  # noqa: S101 -- the same
            things: set[Thing] = set()
            for some in batched(sorted(self._names.keys[number] for number in numbers), CHUNK):
                things |= {(kind, of.alike(key)) for key in of.known(self._run.source, some)}
            self._ours |= {number for number in numbers if self._names.things[number] in things}
        return [(links, numbers - self._ours) for links, numbers in asked]

    def _fail_twofold(self) -> None:
        """Links that fit two, of the files or here."""
        by_target: dict[str, set[str]] = defaultdict(set)
        for links in self._links:
            keys = {self._names.keys[number] for number in links.named(())}
            if links.of.twofold:
                by_target[links.of.object_type] |= {key for key in keys if read_link(key)[0]}
        two = {*self._two}
        for kind, keys in by_target.items():
            of = import_targets.find(kind)
            assert of is not None and of.twofold is not None  # noqa: S101, PT018 -- noted so
            for some in batched(sorted(keys), CHUNK):
                two |= {hash((kind, of.alike(key))) for key in of.twofold(some)}
        words = _("“%(key)s” fits more than one %(kind)s. Name it by its key, or mend it.")
        for links in self._links if two else ():
            things = self._names.things
            numbers = {number for number in links.named(()) if hash(things[number]) in two}
            self._fail_lines(links, numbers, words)

    def _fail_lines(self, links: _Links, numbers: Collection[int], words: str) -> None:
        file = links.job.sheet.name
        for line, number in links.lines_with(numbers):
            if (file, line) not in self._tally.bad_lines:
                key = shown(self._names.keys[number])
                said = words % {"kind": links.of.object_type, "key": key}
                self._fail(links.job, line, links.job.column_of(links.field), said)


def _linked(job: Job) -> dict[str, ImportTarget]:
    """The fields of a file's objects that name others, and of what kind those are."""
    return {
        field.name: of
        for field in job.target.fields
        if field.kind is ImportKind.LINK and field.name in job.recipe.fields
        if (of := import_targets.find(field.of)) and of.known
    }


def each_link(value: str | Sequence[str] | None) -> Sequence[str]:
    """What a field links to: nothing, one, or all of a list."""
    if not value:
        return ()
    return (value,) if isinstance(value, str) else value


def shown(key: str) -> str:
    """A key or link as messages say it."""
    return read_link(key)[1][:60]
