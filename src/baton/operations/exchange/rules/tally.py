"""Counting what became of the rows."""

from collections import Counter, defaultdict
from dataclasses import asdict, dataclass, field
from typing import Any

from baton.operations.exchange.rules.refusals import RowConflict, RowError

STATUSES = ("created", "updated", "unchanged", "failed")
SHOWN = 200  # conflicts that are told


@dataclass
class Tally:
    """Objects by type and status, and the errors; ``failed`` also counts lines that broke early."""

    objects: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    errors: list[RowError] = field(default_factory=list)
    bad_lines: set[tuple[str, int]] = field(default_factory=set)
    skipped: set[tuple[str, int]] = field(default_factory=set)  # lines that the recipe leaves out
    expected: int = 0  # objects in the good lines
    unlinked: set[tuple[str, str]] = field(default_factory=set)  # links that are left out
    conflicts: list[RowConflict] = field(default_factory=list)  # the first of them
    conflict_count: int = 0
    own_fields: dict[str, None] = field(default_factory=dict)  # labels of those that it makes

    def count(self, object_type: str, status: str) -> None:
        self.objects[object_type][status] += 1

    def skip(self, file: str, line: int) -> None:
        self.skipped.add((file, line))

    def refuse(self, object_type: str, error: RowError) -> None:
        """One object of a line cannot come in: the line is one to mend."""
        self.count(object_type, "failed")
        self.errors.append(error)
        self.bad_lines.add((error.file, error.line))

    def refuse_line(self, object_type: str, error: RowError) -> None:
        """A line that cannot be read fails each of its objects, and is told once."""
        if (error.file, error.line) in self.bad_lines:
            self.count(object_type, "failed")
        else:
            self.refuse(object_type, error)

    def contradict(self, conflict: RowConflict) -> None:
        """A field stays as it was here."""
        self.conflict_count += 1
        if len(self.conflicts) < SHOWN:
            self.conflicts.append(conflict)

    def totals(self) -> dict[str, int]:
        """Over all objects; ``failed`` is the number of lines to mend."""
        sums = {
            status: sum(found[status] for found in self.objects.values()) for status in STATUSES
        }
        return sums | {"failed": len(self.bad_lines)}

    def by_object(self) -> dict[str, dict[str, int]]:
        return {
            kind: {status: found[status] for status in STATUSES}
            for kind, found in self.objects.items()
        }

    def data(self) -> dict[str, Any]:
        """The shape that ``baton import --format json`` prints."""
        # Two objects of one line may break on the same cell: that is told once.
        errors = sorted(dict.fromkeys(self.errors), key=lambda error: (error.file, error.line))
        return {
            "totals": self.totals(),
            "objects": self.by_object(),
            "skipped": len(self.skipped),
            "errors": [
                {"file": e.file, "line": e.line, "column": e.column, "message": e.message}
                for e in errors
            ],
            "conflicts": [asdict(one) for one in self.conflicts],
            "conflict_count": self.conflict_count,
        }
