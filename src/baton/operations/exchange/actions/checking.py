"""Read every line before the first row is written: a broken one brings none of its objects."""

from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from baton.core.offers import ImportRun, Verdict
from baton.operations.exchange.actions.linking import Linking, shown
from baton.operations.exchange.actions.matching import Job
from baton.operations.exchange.actions.said import Said
from baton.operations.exchange.actions.tearing import fail_torn
from baton.operations.exchange.actions.writing import (
    CHUNK,
    Pending,
    changed_rows,
    digest_of,
    is_first,
)
from baton.operations.exchange.rules.cells import CannotMap, is_skipped
from baton.operations.exchange.rules.mapping import REMEMBERED, Mapped
from baton.operations.exchange.rules.reading import Left, Line
from baton.operations.exchange.rules.recipe import Recipe
from baton.operations.exchange.rules.refusals import RowError
from baton.operations.exchange.rules.tally import Tally

HASH_BITS = 64  # the line stands above them
LINE_BITS = 40  # the file stands above them
FEW = 3  # columns
Told = tuple[Mapped | None, str]  # what a line says, and its digest where that is asked for


class _Pile:
    """What the lines of a file say of one kind of object: those not looked through yet, and what is
    wrong so far, ``unread`` lines among it."""

    def __init__(self, job: Job, recipe: Recipe, run: ImportRun, *, file: int) -> None:
        self.file = file  # its number
        self.job, self.mapper = job, job.mapper(recipe)
        self.check = job.target.check(run) if job.target.check else None
        self.is_first = is_first(job, run)
        self.may_repeat = job.target.is_repeated or job.recipe.repeats
        self.pending: list[Pending] = []
        self.wrong: list[RowError] = []
        self.unread: set[RowError] = set()
        read = {*job.recipe.columns(), *job.recipe.told}
        self._cells = tuple(read) if len(read) <= FEW else ()
        self._told: dict[tuple[str, ...], Told] = {}

    def told_by(self, line: Line, run: ImportRun) -> Told:
        """Raises CannotMap. Where few cells say all, as those of a company do in the rows of its
        people, many lines say the same: it is worked out once."""
        asked = tuple(map(line.cells.__getitem__, self._cells))
        if asked and asked in self._told:
            return self._told[asked]
        mapped = self.mapper.map(line)
        told = mapped, digest_of(mapped, run) if mapped and not self.may_repeat else ""
        if asked:
            if len(self._told) == REMEMBERED:
                self._told.clear()
            self._told[asked] = told
        return told


class Checking:
    """What was found in the lines so far."""

    def __init__(self, recipe: Recipe, run: ImportRun, tally: Tally, said: Said) -> None:
        self._recipe, self._run, self._tally = recipe, run, tally
        self.said = said
        self.first: set[str] = set()  # kinds of objects that this source never brought
        self._files: list[str] = []
        # What each key said first, and where: of a part of the recipe, since another part may tell
        # more of it. Numbers alone, for there may be a million.
        self._first_said: dict[int, int] = {}

    def check(self, jobs: Sequence[Job], paths: Sequence[Path]) -> None:
        """Fails lines in the tally: cells, doubles, what modules refuse, links to nothing."""
        linking = Linking(self._run, self._tally, jobs, self._fail)
        self._files = [*dict.fromkeys(job.sheet.name for job in jobs)]
        for path in paths:
            piles = [
                _Pile(job, self._recipe, self._run, file=self._files.index(job.sheet.name))
                for job in jobs
                if job.sheet.path == path
            ]
            self.first |= {pile.job.recipe.type for pile in piles if pile.is_first}
            self._check_file(piles, linking)
        fail_torn(jobs, self._tally)
        linking.fail_links()

    def _check_file(self, piles: Sequence[_Pile], linking: Linking) -> None:
        """Each line is read once, for all objects that it brings; what is wrong with those is told
        one kind of object after the other."""
        for line in piles[0].job.lines() if piles else ():
            if isinstance(line, Left) or (
                isinstance(line, Line) and is_skipped(line, piles[0].job.part, self._recipe)
            ):
                self._tally.skip(piles[0].job.sheet.name, line.number)
                continue
            for pile in piles:
                self._put(pile, line)
                if len(pile.pending) == CHUNK:
                    self._look_through(pile, linking)
        for pile in piles:
            self._look_through(pile, linking)
        for pile in piles:
            kind = pile.job.recipe.type
            for error in pile.wrong:
                refuse = self._tally.refuse_line if error in pile.unread else self._tally.refuse
                refuse(kind, error)

    def _look_through(self, pile: _Pile, linking: Linking) -> None:
        job, chunk = pile.job, pile.pending
        is_new = pile.is_first or not chunk
        fresh = chunk if is_new else changed_rows(job, chunk, self._run)
        told = pile.check([one.row() for one in fresh]) if pile.check and chunk else {}
        pile.wrong += [error_of(job, fresh[n].line, verdict) for n, verdict in told.items()]
        linking.note(job, chunk, fresh)
        pile.pending = []

    def _put(self, pile: _Pile, line: Line | RowError) -> None:
        """What the line says of this kind of object."""
        job = pile.job
        if isinstance(line, RowError):
            pile.unread.add(line)
            pile.wrong.append(line)
            return
        try:
            mapped, digest = pile.told_by(line, self._run)
        except CannotMap as no:
            pile.wrong.append(_error(job, line.number, no.column, str(no)))
            return
        if mapped:
            pending = Pending(line.number, mapped, digest)
            self.said.keep(job, pending)
            if pile.may_repeat or self._is_new(pile, pending):
                job.filled.update(mapped.custom)
                self._tally.expected += 1
                pile.pending.append(pending)

    def _is_new(self, pile: _Pile, one: Pending) -> bool:
        """Whether the key comes for the first time; a second row may only say the same."""
        job = pile.job
        said = hash(one.digest) & ((1 << HASH_BITS) - 1)
        here = pile.file << LINE_BITS | one.line
        key = hash((id(job.recipe), one.mapped.key))
        first = self._first_said.setdefault(key, here << HASH_BITS | said)
        where = first >> HASH_BITS
        if where == here:
            return True
        if first != where << HASH_BITS | said:
            words = _(
                "“%(key)s” stands in line %(line)s of %(file)s already, with other values. "
                "Keep one of the two."
            )
            line, file = where & ((1 << LINE_BITS) - 1), self._files[where >> LINE_BITS]
            said_twice = {"key": shown(one.mapped.key), "line": line, "file": file}
            wrong = _error(job, one.line, job.column_of(""), words % said_twice)
            pile.wrong.append(wrong)
        return False

    def _fail(self, job: Job, line: int, column: str, message: str) -> None:
        self._tally.refuse(job.recipe.type, _error(job, line, column, message))


def _error(job: Job, line: int, column: str, message: str) -> RowError:
    return RowError(file=job.sheet.name, line=line, column=column, message=message)


def error_of(job: Job, line: int, verdict: Verdict) -> RowError:
    """A module's refusal, with the column to mend."""
    return RowError(
        file=job.sheet.name,
        line=line,
        column=job.column_of(verdict.field),
        message=verdict.message,
    )
