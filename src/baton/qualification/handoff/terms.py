"""The terms of an agreement as they are read: what a draft changes, rests, and who is told."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from baton.core.settings.queries import organisation
from baton.core.ui.formats import money, working_words
from baton.marketing.capture.models import Form
from baton.qualification.handoff.forms import AgreementForm, ExecutivesForm, OwnersForm
from baton.qualification.handoff.models import Agreement
from baton.qualification.handoff.queries.rests import condition_words
from baton.qualification.handoff.rules import LADDER, REST_REASONS, RETURN, Kind
from baton.qualification.handoff.slots import clocked_deals
from baton.qualification.handoff.words import GIVES, reason_label, role_label


def changes(before: Agreement | None, after: Agreement | None) -> list[tuple[Any, Any, Any]]:
    """What the draft, or a later version, changes: label, before, after."""
    if before is None or after is None:
        return []
    return [
        (label, now, then)
        for (label, now), (_same, then) in zip(term_lines(before), term_lines(after), strict=True)
        if now != then
    ]


def term_lines(agreement: Agreement) -> list[tuple[Any, Any]]:
    """Every term with its label, in the order of the form of its kind."""
    return _LINES[Kind(agreement.kind)](agreement)


def lines_read(agreement: Agreement) -> list[tuple[Any, Any]]:
    """The same as a version is read: one that was signed began when its signatures say."""
    lines = term_lines(agreement)
    return lines if agreement.valid_from is None and agreement.version else lines[:-1]


def _executives_lines(agreement: Agreement) -> list[tuple[Any, Any]]:
    reasons = agreement.return_reasons or [reason.code for reason in RETURN]
    said = {
        "pool": str(agreement.pool or "–"),
        "return_reasons": [str(reason_label(code)) for code in reasons],
        "is_on": _yes(agreement.is_on),
        "asks_owner": _yes(agreement.asks_owner),
    }
    plain = [
        (str(field.label), _told(name, said.get(name, getattr(agreement, name))))
        for name, field in ExecutivesForm.base_fields.items()
        if name != "starts_on"
    ]
    return [*plain, *_rung_lines(agreement), _start_line(agreement)]


def _owners_lines(agreement: Agreement) -> list[tuple[Any, Any]]:
    said = {
        "gives": str(GIVES.get(agreement.gives, "–")),
        "given_to": agreement.given_to.name if agreement.given_to else "–",
        **{
            name: (working_words if name.endswith("_minutes") else days_words)(number)
            for name in OwnersForm.base_fields
            if isinstance(number := getattr(agreement, name), int)
        },
    }
    plain = [
        (str(field.label), _shown(said.get(name, getattr(agreement, name))))
        for name, field in OwnersForm.base_fields.items()
        if name != "starts_on"
    ]
    return [*plain, _start_line(agreement)]


def _yes(is_so: object) -> str:
    return _("yes") if is_so else _("no")


def _lines(agreement: Agreement) -> list[tuple[Any, Any]]:
    plain = [
        (str(field.label), _term(agreement, name))
        for name, field in AgreementForm.base_fields.items()
        if name != "starts_on"
    ]
    rests = [*_rest_lines(agreement), *_return_lines(agreement)]
    by_code = [*rests, *_rung_lines(agreement), *_stage_lines(agreement)]
    return [*plain, *by_code, _start_line(agreement)]


def _term(agreement: Agreement, name: str) -> Any:
    """Money and shares as such, forms by their names."""
    value = getattr(agreement, name)
    if value is None:
        return _shown(value)
    if name in {"revenue_goal", "average_deal"}:
        return money(Decimal(value), organisation().base_currency)
    if name == "marketing_share":
        return _("%(share)s %%") % {"share": value}
    if name == "hand_raise_forms":
        return _shown(_forms_called(value))
    return _told(name, value)


def _told(name: str, value: Any) -> Any:
    """Minutes as time, days as the days that they are, anything else as it is."""
    if value and name.endswith("_minutes"):
        return working_words(value)
    return _UNITS[name](value) if value and name in _UNITS else _shown(value)


def _forms_called(codes: Collection[str]) -> list[str]:
    """By their names; where several have one name, whoever signs reads which of them is meant."""
    forms = Form.objects.living()
    names = dict(forms.filter(code__in=codes).values_list("code", "name"))
    bearers = Counter(forms.filter(name__in={*names.values()}).values_list("name", flat=True))
    told = {code: f"{name} ({code})" for code, name in names.items() if bearers[name] > 1}
    return [told.get(code) or names.get(code, code) for code in codes]


def _shown(value: Any) -> Any:
    return ", ".join(value) if isinstance(value, list) else "–" if value in {None, ""} else value


def _rest_lines(agreement: Agreement) -> list[tuple[str, str]]:
    return [
        (
            _("Rest after “%(reason)s”") % {"reason": reason_label(code)},
            days_words(agreement.terms().rest(code).days),
        )
        for code in REST_REASONS
    ]


def _return_lines(agreement: Agreement) -> list[tuple[str, str]]:
    return [
        (
            _("Back after “%(reason)s” as soon as") % {"reason": reason_label(code)},
            condition_words(agreement.rest_conditions.get(code)) or "–",
        )
        for code in REST_REASONS
    ]


def _rung_lines(agreement: Agreement) -> list[tuple[str, str]]:
    return [
        (
            _("%(role)s is told of a late lead") % {"role": role_label(role)},
            _after(agreement.ladder.get(role)),
        )
        for role in LADDER
    ]


def _stage_lines(agreement: Agreement) -> list[tuple[str, str]]:
    own = agreement.idle_by_stage
    return [
        (
            _("Deals in “%(stage)s” lie idle after") % {"stage": name},
            _working_days(own[key]) if key in own else _("as all others"),
        )
        for kind in clocked_deals
        for key, name in kind.stages().items()
    ]


def _working_days(count: int) -> str:
    if not count:
        return _("not promised")
    return ngettext("%(n)d working day", "%(n)d working days", count) % {"n": count}


def own_stages(agreement: Agreement) -> list[tuple[str, str]]:
    """Stages whose deals may lie longer or shorter than the others."""
    return [
        (name, _working_days(agreement.idle_by_stage[key]))
        for kind in clocked_deals
        for key, name in kind.stages().items()
        if key in agreement.idle_by_stage
    ]


def _start_line(agreement: Agreement) -> tuple[str, str]:
    """A version that began has a day of its own; a draft begins when it says."""
    day: date | None = agreement.starts_on if agreement.valid_from is None else None
    return _("In force from"), date_format(day, "j F Y") if day else "–"


def days_words(count: int) -> str:
    """As a term is read: 1 day, 30 days."""
    return ngettext("%(n)d day", "%(n)d days", count) % {"n": count}


def _after(minutes: int | None) -> str:
    return _("after %(time)s") % {"time": working_words(minutes)} if minutes else "–"


def own_rests(agreement: Agreement) -> list[tuple[Any, str]]:
    """Reasons that rest longer or shorter than the others."""
    return [
        (reason_label(code), days_words(agreement.rest_days[code]))
        for code in REST_REASONS
        if code in agreement.rest_days
    ]


def returns_of(agreement: Agreement) -> list[tuple[Any, str]]:
    """Reasons after which somebody comes back before their day, and by what."""
    return [
        (reason_label(code), condition_words(agreement.rest_conditions[code]))
        for code in REST_REASONS
        if code in agreement.rest_conditions
    ]


def rungs(agreement: Agreement) -> list[tuple[Any, str]]:
    """Who is told of a late lead beside the rep, and after how long."""
    return [
        (role_label(role), _after(agreement.ladder[role]))
        for role in LADDER
        if role in agreement.ladder
    ]


_UNITS: Mapping[str, Callable[[int], str]] = {
    "idle_days": _working_days,
    "step_days": _working_days,
    "pause_days": days_words,
}
_LINES: Mapping[Kind, Callable[[Agreement], list[tuple[Any, Any]]]] = {
    Kind.MARKETING: _lines,
    Kind.EXECUTIVE: _executives_lines,
    Kind.OWNER: _owners_lines,
}
