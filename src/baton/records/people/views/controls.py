"""Fields whose control is more than a line: a choice, an amount with its currency, addresses."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baton.core.editing.fields import RecordField
from baton.core.languages import language_name, languages
from baton.core.money import rules as money
from baton.core.settings.queries import organisation
from baton.core.ui import formats
from baton.core.ui.marks import said
from baton.core.worktime.rules import zone_choices
from baton.records.people.models import Company, Person
from baton.records.people.queries import postal_of, territories
from baton.records.people.rules import POSTAL_PARTS, postal_line
from baton.records.people.words import ADDRESS_KINDS, POSTAL

Pairs = Iterable[tuple[str, Any]]


def chosen(
    name: str,
    label: Any,
    *,
    choices: Callable[[], Pairs],
    otherwise: Callable[[str], str] = str,
) -> RecordField:
    """One of some words; what is none of them any more may stay, and is said ``otherwise``."""

    def control(record: Any, _user: Any) -> forms.Field:
        present, known = getattr(record, name), list(choices())
        if present and present not in dict(known):
            known.append((present, otherwise(present)))
        return forms.ChoiceField(label=label, required=False, choices=[("", "—"), *known])

    return RecordField(
        name=name,
        label=label,
        control=control,
        text_of=lambda record: getattr(record, name),
        shown_of=lambda record: str(
            dict(choices()).get(getattr(record, name)) or otherwise(getattr(record, name))
        ),
    )


ZONE = chosen("zone", gettext_lazy("Time zone"), choices=zone_choices)
LANGUAGE = chosen("language", gettext_lazy("Language"), choices=languages, otherwise=language_name)


class Suggesting(forms.TextInput):
    """A line with suggestions, of which any may be typed over."""

    def __init__(self, *, list_id: str, offered: Callable[[], Iterable[str]]) -> None:
        super().__init__(attrs={"list": list_id, "autocomplete": "off"})
        self.list_id, self.offered = list_id, offered

    def render(self, *args: Any, **rest: Any) -> SafeString:
        options = "".join(f'<option value="{said(one)}"></option>' for one in self.offered())
        drawn = super().render(*args, **rest)
        return SafeString(f'{drawn}<datalist id="{self.list_id}">{options}</datalist>')


TERRITORY = RecordField(
    name="territory",
    label=gettext_lazy("Territory"),
    control=lambda record, user: forms.CharField(
        required=False, max_length=80, widget=Suggesting(list_id="territories", offered=territories)
    ),
    text_of=lambda company: company.territory,
)


def _revenue(company: Company) -> str:
    if company.annual_revenue is None:
        return ""
    return f"{company.annual_revenue:f} {company.revenue_currency}".strip()


def shown_revenue(company: Company) -> str:
    """In its currency; as it was written where that is none."""
    if company.annual_revenue is None or company.revenue_currency not in money.CURRENCIES:
        return _revenue(company)
    return formats.money(company.annual_revenue, company.revenue_currency)


def _read_revenue(typed: str, _asking: Any) -> dict[str, Any]:
    if not typed.strip():
        return {"annual_revenue": None, "revenue_currency": ""}
    house = organisation().base_currency
    read = money.parse_money(typed, currency=house)
    return {"annual_revenue": read.amount, "revenue_currency": read.currency}


REVENUE = RecordField(
    name="annual_revenue",
    label=gettext_lazy("Revenue a year"),
    control=lambda record, user: forms.CharField(
        required=False, max_length=60, help_text=_("Like 1250000 EUR.")
    ),
    text_of=_revenue,
    shown_of=shown_revenue,
    value_of=_read_revenue,
)


class AddressLines(forms.Widget):
    """Each address with its parts, and empty lines for one more; emptied, one goes."""

    use_fieldset = True

    def value_from_datadict(self, data: Any, _files: Any, name: str) -> str:
        found = []
        for place in range(20):
            if f"{name}-{place}-kind" not in data:
                break
            parts = ("kind", *POSTAL_PARTS)
            found.append({part: data.get(f"{name}-{place}-{part}", "") for part in parts})
        return json.dumps([one for one in found if any(one[part].strip() for part in POSTAL_PARTS)])

    def render(
        self, name: str, value: Any, attrs: Mapping[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        known = json.loads(value or "[]")
        attrs = attrs or {}
        parts = [self._one(f"{name}-{place}", one) for place, one in enumerate(known)]
        fresh = self._one(f"{name}-{len(known)}", {}, first=str(attrs.get("id", "")))
        if not known:
            return SafeString(f'<span class="postal">{fresh}</span>')
        more = f'<details class="fold"><summary>{said(_("One more"))}</summary>{fresh}</details>'
        return SafeString(f'<span class="postal">{"".join(parts)}{more}</span>')

    def _one(self, prefix: str, one: Mapping[str, str], *, first: str = "") -> str:
        kinds = "".join(
            f'<option value="{said(kind)}"{" selected" if kind == one.get("kind") else ""}>'
            f"{said(words)}</option>"
            for kind, words in ADDRESS_KINDS.items()
        )
        head = f' id="{first}"' if first else ""
        drawn = (
            f'<select name="{prefix}-kind"{head} aria-label="{said(_("Kind"))}">{kinds}</select>'
        )
        for part in POSTAL_PARTS:
            words, text = said(POSTAL[part]), said(one.get(part, ""))
            named = f'name="{prefix}-{part}" aria-label="{words}" placeholder="{words}"'
            if part == "street":
                drawn += f'<textarea {named} rows="2" maxlength="250">\n{text}</textarea>'
            else:
                drawn += f'<input type="text" {named} value="{text}" maxlength="120">'
        return f'<span class="postal-one">{drawn}</span>'


def _addresses(person: Person) -> list[dict[str, str]]:
    rows = postal_of([person.pk])[person.pk]
    return [
        {"kind": row.kind, **{part: getattr(row, part) for part in POSTAL_PARTS}} for row in rows
    ]


def _shown_addresses(person: Person) -> str:
    return "\n".join(
        f"{postal_line(one)} ({ADDRESS_KINDS[one['kind']]})" for one in _addresses(person)
    )


def _written_addresses(person: Person) -> str:
    found = _addresses(person)
    return json.dumps(found) if found else ""


ADDRESSES = RecordField(
    name="addresses",
    label=gettext_lazy("Addresses"),
    control=lambda record, user: forms.CharField(required=False, widget=AddressLines()),
    text_of=_written_addresses,
    shown_of=_shown_addresses,
    value_of=lambda typed, asking: json.loads(typed or "[]"),
    template="editing/values/lines.html",
)
