"""The figures of an import lead to what they count, as far as whoever looks may see it."""

from collections.abc import Mapping
from urllib.parse import urlencode

from baton.core.access.models import User
from baton.core.filters.addresses import written
from baton.core.filters.nodes import Op
from baton.core.saved.queries import address, list_named
from baton.core.ui.lists import ASKED
from baton.operations.exchange.models import Import
from baton.operations.exchange.offers import CHANGED, LISTS, NEW
from baton.operations.exchange.rules.tally import STATUSES
from baton.operations.exchange.rules.uploads import State

TO_MEND = "#to-mend"  # the table of the lines, on the same page
FIELDS = {"created": NEW, "updated": CHANGED}
WHOLE = {"deal": {"as": "table", "view": "all"}}  # else the list has open ones alone


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
