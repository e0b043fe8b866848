"""Whether a record may be left as it is: for the actions that write records, in their transaction.

People are asked: screens, API, many at once. What follows by itself (a stranger's form, routing, an
undo) is not; imports bring no required fields, but obey the rules.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db.models import Case, IntegerField, Model, Q, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baton.core import filters
from baton.core.access.models import User
from baton.core.bulk import one_of
from baton.core.errors import RuleViolation
from baton.core.fields.models import FieldDefinition, ValidationRule
from baton.core.fields.queries import fields_of, rules_of
from baton.core.fields.rules import OWN, has_value
from baton.core.filters import BadFilter
from baton.core.filters.fields import askable
from baton.core.limits import FREE, Limits, built_ins
from baton.core.settings.queries import organisation_zone

IMPORT = "import"
Rules = Sequence[tuple[str, Q]]  # message, and what is not acceptable


class NotAccepted(RuleViolation):
    """``fields`` names those to fill in; a rule names none."""

    def __init__(self, words: str, *, fields: Collection[str] = ()) -> None:
        super().__init__(words)
        self.fields = tuple(fields)


NEEDS = {
    "person": gettext_lazy("A person needs “%(label)s”."),
    "company": gettext_lazy("A company needs “%(label)s”."),
    "deal": gettext_lazy("A deal needs “%(label)s”."),
}
_known: ContextVar[dict[str, Rules] | None] = ContextVar("rules", default=None)


@contextmanager
def rules_read_once() -> Iterator[None]:
    """While this lasts, for the many records of one import."""
    before = _known.set({})
    try:
        yield
    finally:
        _known.reset(before)


def is_by_hand(by: User | None, cause: str = "") -> bool:
    """What follows from something has a cause."""
    return by is not None and not cause


def begin_with(
    object_type: str,
    given: Sequence[Mapping[str, Any] | None],
    *,
    by: User | None,
    cause: str = "",
    said: Iterable[Mapping[str, Any]] = (),
) -> list[dict[str, Any]]:
    """What new records hold under the own fields: what was given, and what they begin with.

    ``said`` is what was given of all else, and looked at where a role is kept from anything. Raises
    NotAccepted for what this user has to say, or may not. A file speaks for itself.
    """
    if cause == IMPORT or not given:
        return [dict(one or {}) for one in given]
    fields = fields_of(object_type)
    usual = {one.code: one.default for one in fields if one.default is not None}
    found = [{**usual, **(one or {})} for one in given]
    if by is not None and is_by_hand(by, cause):
        limits = by.limits(object_type)
        for values in found if fields or limits != FREE else ():
            _refuse_hidden(limits, usual, values)
            _refuse_read_only(fields, usual, values, role=by.role)
            _refuse_missing(fields, values, role=by.role)
        for rest in said if limits != FREE else ():
            names = [name for name in rest if has_value(rest, name)]
            _refuse_unwritten(object_type, names, limits)
            _refuse_empty(object_type, rest, limits, whole=True)
    return found


def check_edit(
    object_type: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    *,
    by: User | None,
    cause: str = "",
    changed: Mapping[str, Any] | None = None,
) -> None:
    """Raises NotAccepted for what this user may only read, or has emptied though it is required.

    Before and after are the own fields; ``changed`` is what was written of all others.
    """
    if by is None or not is_by_hand(by, cause):
        return
    limits = by.limits(object_type)
    if changed:
        _refuse_unwritten(object_type, changed, limits)
        _refuse_empty(object_type, changed, limits)
    if before == after:
        return
    _refuse_hidden(limits, before, after)
    fields = fields_of(object_type)
    _refuse_read_only(fields, before, after, role=by.role)
    _refuse_missing([one for one in fields if has_value(before, one.code)], after, role=by.role)


def check_asked(
    object_type: str, names: Collection[str], *, by: User | None, cause: str = ""
) -> None:
    """Before anything is compared: whoever may not see a field learns of no guess whether it is
    right. Raises NotAccepted."""
    if by is not None and is_by_hand(by, cause):
        limits = by.limits(object_type)
        _refuse_unwritten(object_type, limits.hidden.intersection(names), limits)


def check_written(
    object_type: str, names: Collection[str], *, by: User | None, cause: str = ""
) -> None:
    """For acts that write these fields of many. Raises NotAccepted."""
    if by is not None and is_by_hand(by, cause):
        _refuse_unwritten(object_type, names, by.limits(object_type))


def obey_rules(
    kind: type[Model],
    ids: Iterable[int],
    *,
    object_type: str,
    at: datetime,
    by: User | None,
    cause: str = "",
) -> None:
    """Raises NotAccepted with the message of a rule that one of these records breaks: one query,
    which is put together only where there are rules."""
    if rules := _rules_for(object_type, at=at, by=by, cause=cause):
        rows = kind._default_manager.filter(pk__in=one_of(ids))
        for message in _broken(rows, rules).values():
            raise NotAccepted(message)


def broken(
    rows: QuerySet[Any], *, object_type: str, at: datetime, by: User | None, cause: str = ""
) -> dict[int, str]:
    """By id the message of the first rule that each of these records breaks."""
    rules = _rules_for(object_type, at=at, by=by, cause=cause)
    return _broken(rows, rules) if rules else {}


def _broken(rows: QuerySet[Any], rules: Rules) -> dict[int, str]:
    first = Case(
        *(When(wrong, then=Value(place)) for place, (_message, wrong) in enumerate(rules)),
        default=None,
        output_field=IntegerField(),
    )
    found = rows.order_by().annotate(broken_rule=first).exclude(broken_rule=None)
    return {pk: rules[place][0] for pk, place in found.values_list("pk", "broken_rule")}


def refused(
    rows: QuerySet[Any], *, object_type: str, at: datetime, by: User | None, cause: str = ""
) -> Collection[int]:
    """Of many written at once the ids of those that have to be as they were. Raises NotAccepted
    where these are all."""
    wrong = broken(rows, object_type=object_type, at=at, by=by, cause=cause)
    if wrong and len(wrong) == rows.count():
        raise NotAccepted(next(iter(wrong.values())))
    return wrong.keys()


def _rules_for(object_type: str, *, at: datetime, by: User | None, cause: str) -> Rules:
    """None for what follows by itself."""
    if not is_by_hand(by, cause) and cause != IMPORT:
        return ()
    known = _known.get()
    if known is None:
        return _compiled(object_type, at=at)
    if object_type not in known:
        known[object_type] = _compiled(object_type, at=at)
    return known[object_type]


def _compiled(object_type: str, *, at: datetime) -> Rules:
    """Those that make sense: one whose field is gone, or its choice, is shown where rules are."""
    rules = [one for one in rules_of(object_type) if one.is_on]
    if not rules:
        return []
    fields, zone = askable(object_type, may=lambda _permission: True), organisation_zone()
    return [
        (rule.message, filters.compile(chosen, at=at, zone=zone))
        for rule in rules
        if (chosen := read_rule(rule, fields=fields)) is not None
    ]


def read_rule(rule: ValidationRule, *, fields: Any) -> filters.Filter | None:
    """None when it makes no sense any more."""
    try:
        return filters.parse(rule.condition, object_type=rule.object_type, fields=fields)
    except BadFilter:
        return None


def _refuse_hidden(limits: Limits, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    for name in limits.hidden if limits.hidden and before != after else ():
        code = name.removeprefix(OWN)
        if name.startswith(OWN) and before.get(code) != after.get(code):
            raise NotAccepted(
                _("You do not see this field, so you cannot write it."), fields=[name]
            )


def _refuse_unwritten(object_type: str, names: Iterable[str], limits: Limits) -> None:
    for name in sorted(limits.unwritten.intersection(names)):
        if name in limits.hidden:
            raise NotAccepted(
                _("You do not see this field, so you cannot write it."), fields=[name]
            )
        words = _("“%(label)s” is filled in by others: you can only read it.")
        raise NotAccepted(words % {"label": _label(object_type, name)}, fields=[name])


def _refuse_empty(
    object_type: str, values: Mapping[str, Any], limits: Limits, *, whole: bool = False
) -> None:
    """``whole``: what was not said is missing, too."""
    names = limits.required if whole else limits.required.intersection(values)
    asked = [one for one in sorted(names) if built_ins.find(f"{object_type}.{one}")]
    if missing := [name for name in asked if not has_value(values, name)]:
        words = str(NEEDS.get(object_type, _("“%(label)s” must be filled in.")))
        said = {"label": "”, “".join(_label(object_type, name) for name in missing)}
        raise NotAccepted(words % said, fields=missing)


def _label(object_type: str, name: str) -> str:
    known = built_ins.find(f"{object_type}.{name}")
    return str(known.label) if known else name


def _refuse_read_only(
    fields: Sequence[FieldDefinition],
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    *,
    role: str,
) -> None:
    for one in fields:
        if role in one.read_only_for and before.get(one.code) != after.get(one.code):
            words = _("“%(label)s” is filled in by others: you can only read it.")
            raise NotAccepted(words % {"label": one.label}, fields=[f"{OWN}{one.code}"])


def _refuse_missing(
    fields: Sequence[FieldDefinition], values: Mapping[str, Any], *, role: str
) -> None:
    missing = [
        one for one in fields if role in one.required_for and not has_value(values, one.code)
    ]
    if missing:
        words = str(NEEDS.get(missing[0].object_type, _("“%(label)s” must be filled in.")))
        said = {"label": "”, “".join(one.label for one in missing)}
        raise NotAccepted(words % said, fields=[f"{OWN}{one.code}" for one in missing])
