"""What the buttons of a filter's form do to its draft, and what is wrong with it."""

from django.utils.translation import gettext as _

from baton.core.filters.addresses import MOST_ASKED, refuse_size
from baton.core.filters.drafts import ALL, ANY, Group, Line
from baton.core.filters.fields import Fields
from baton.core.filters.parsing import BadFilter, Reading


def change(root: Group, do: str, fields: Fields) -> str:
    """``add:0.1``, ``group:0``, ``remove:0.1.2`` or ``change:0.1-op``; returns the control that
    has the focus then."""
    verb, _colon, place = do.partition(":")
    if verb == "change":
        return place
    if verb == "remove":
        return _removed(root, place)
    group = _group_at(root, place)
    if group is None or verb not in {"add", "group"} or (verb == "group" and not group.may_nest):
        return ""
    if len(list(root.lines())) >= MOST_ASKED:
        root.error = _("A filter may have %d conditions. Take one out first.") % MOST_ASKED
        return ""
    line = Line(fields=fields)
    join = ALL if group.join == ANY else ANY
    group.parts.append(Group(join, [line]) if verb == "group" else line)
    root.number()
    return f"{line.place}-field"


def judge(root: Group, *, object_type: str, fields: Fields) -> bool:
    """Whether it can be asked; what is wrong is written beside each condition."""
    reading = Reading(object_type, fields)
    for line in root.lines():
        line.error = _wrong(line, reading)
    tree = root.tree(is_draft=True)
    try:
        if tree and not root.error:
            refuse_size({"all": [tree]})
    except BadFilter as bad:
        root.error = _("The filter is not shown: %(why)s.") % {"why": bad}
    return not root.error and not any(line.error for line in root.lines())


def _wrong(line: Line, reading: Reading) -> str:
    if line.is_empty:
        return ""
    if not line.is_finished:
        return _("“%(field)s” needs a value.") % {"field": line.label}
    try:
        tree = line.tree()
        reading.condition(tree.get("not", tree), where="")
    except BadFilter as bad:
        return f"{bad.why}."
    return ""


def _removed(root: Group, place: str) -> str:
    """Groups that it leaves empty go with it; the focus goes to what stands there then."""
    above = _group_at(root, place.rpartition(".")[0])
    part = next((one for one in above.parts if one.place == place), None) if above else None
    if above is None or part is None:
        return ""
    here = above.parts.index(part)
    above.parts.remove(part)
    if not above.parts and above is not root:
        return _removed(root, above.place)
    root.number()
    if not above.parts:
        return f"{above.place}-add"
    left = above.parts[min(here, len(above.parts) - 1)]
    return f"{left.place}-join" if isinstance(left, Group) else f"{left.place}-field"


def _group_at(root: Group, place: str) -> Group | None:
    if root.place == place:
        return root
    inner = (part for part in root.parts if isinstance(part, Group))
    return next((found for part in inner if (found := _group_at(part, place))), None)
