"""An order is whole: of rows that go on with one another none comes in where one fails."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from django.utils.translation import gettext as _

from baton.operations.exchange.actions.matching import Job
from baton.operations.exchange.rules.reading import Line
from baton.operations.exchange.rules.refusals import RowError
from baton.operations.exchange.rules.tally import Tally


def fail_torn(jobs: Sequence[Job], tally: Tally) -> None:
    """Refuses the other lines of what a bad one belongs to."""
    for job in {one.sheet.name: one for one in jobs if one.part.continues}.values():
        bad = {line for name, line in tally.bad_lines if name == job.sheet.name}
        for error in _torn(job, bad) if bad else ():
            tally.refuse(job.recipe.type, error)


def _torn(job: Job, bad: Collection[int]) -> Iterator[RowError]:
    groups: dict[str, list[int]] = defaultdict(list)
    for line in job.lines():
        if isinstance(line, Line):
            groups[line.cells[job.part.continues]].append(line.number)
    words = _("Line %(line)s belongs to it, and cannot come in.")
    for numbers in groups.values():
        wrong = next((number for number in numbers if number in bad), None)
        for number in numbers if wrong else ():
            if number not in bad:
                said = words % {"line": wrong}
                yield RowError(file=job.sheet.name, line=number, column="", message=said)
