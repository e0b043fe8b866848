"""The figures of an import lead to what they count, as far as whoever looks may see it."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef

from baton.core.access.models import User
from baton.core.changes.models import Change
from baton.core.filters.addresses import written
from baton.core.filters.nodes import Op
from baton.core.offers import import_targets
from baton.core.saved.queries import address, list_named
from baton.core.ui.lists import ASKED
from baton.operations.exchange.models import Import
from baton.operations.exchange.offers import CHANGED, LISTS, NEW
from baton.operations.exchange.rules.tally import STATUSES
from baton.operations.exchange.rules.uploads import State

TO_MEND = "#to-mend"  # the table of the lines, on the same page
FIELDS = {"created": NEW, "updated": CHANGED}
WHOLE = {"deal": {"as": "table", "view": "all"}}  # else the list has open ones alone


def words_of_new(record: Import) -> str:
    """“People 57, Companies 6”: the records that it made and that have a list."""
    made = {kind: found.get("created") for kind, found in record.objects_in.items()}
    return ", ".join(
        f"{label} {made[kind]}"
        for kind, label in _labels().items()
        if made.get(kind) and kind in LISTS
    )


def _labels() -> dict[str, str]:
    return {target.object_type: str(target.label) for target in import_targets}


def counts_of(record: Import, *, user: User) -> list[tuple[str, list[tuple[int, str]]]]:
    """What would come, or what came, by the words for what it is."""
    labels, is_ready = _labels(), record.state == State.READY
    counted = record.report.get("objects", {}) if is_ready else record.objects_in
    if not counted and not is_ready:
        counted = _written(record)
    return [
        (labels.get(kind, kind), figures_of(record, kind, found, user=user))
        for kind, found in counted.items()
    ]


def _written(record: Import) -> Mapping[str, Mapping[str, int]]:
    """Of an import that did not come to its end: what the history says that it wrote."""
    mine = Change.objects.filter(batch=record.batch)
    made = mine.filter(verb="created")
    is_made = made.filter(object_type=OuterRef("object_type"), object_id=OuterRef("object_id"))
    edited = mine.filter(~Exists(is_made), verb="edited")
    found: dict[str, dict[str, int]] = {}
    for status, rows in (("created", made), ("updated", edited)):
        counts = rows.values_list("object_type").annotate(Count("object_id", distinct=True))
        for kind, count in counts:
            found.setdefault(kind, {})[status] = count
    return found


def figures_of(
    record: Import, kind: str, found: Mapping[str, int], *, user: User
) -> list[tuple[int, str]]:
    """Each in its order, and where its records are listed; "" where nothing is to be seen."""
    counts = [(status, found.get(status, 0)) for status in STATUSES]
    return [(n, _url(record, kind, status, user=user) if n else "") for status, n in counts]


def _url(record: Import, kind: str, status: str, *, user: User) -> str:
    if status == "failed":
        return TO_MEND if record.report.get("errors") else ""
    place = list_named(LISTS.get(kind, ""), user=user)
    if status not in FIELDS or place is None or record.state != State.DONE:
        return ""
    asked = {"field": f"{kind}.{FIELDS[status]}", "op": Op.IN, "value": [str(record.key)]}
    return address(place, state=urlencode({**WHOLE.get(kind, {}), ASKED: written(asked)}))
