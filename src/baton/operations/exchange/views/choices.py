"""What a column may become, in the words of the page."""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from baton.core.fields.queries import fields_of
from baton.core.offers import ImportField, import_targets
from baton.operations.exchange.rules.chosen import KINDS, NEW, OUT
from baton.operations.exchange.rules.guessing import FIRM
from baton.operations.exchange.rules.recipe import CUSTOM

Words = str | Promise
Choices = Sequence[tuple[Words, Sequence[tuple[str, Words]]]]  # groups of options
FILES: Mapping[str, Words] = {
    "person": gettext_lazy("People"),
    "company": gettext_lazy("Companies"),
    "deal": gettext_lazy("Deals"),
    OUT: gettext_lazy("Leave this file out"),
}
UNASKED = {  # needs more than a column, or is said otherwise below
    "person": {"address_kind", "company"},
    "company": {"revenue_currency"},
    "deal": {"stages", "person", "company", "qualifier", "need", "decision_maker"},
}
COMPANY = ("company", gettext_lazy("Company, by its name"))
MORE: Mapping[str, Sequence[tuple[str, Words]]] = {
    "person": (
        COMPANY,
        ("company.key", gettext_lazy("Company, by its key there")),
        ("consent.is_given", gettext_lazy("Wants mails: yes or no")),
        ("consent.refused", gettext_lazy("Wants no mails: yes or no")),
    ),
    "company": (),
    "deal": (
        COMPANY,
        ("company.key", gettext_lazy("Company, by its key there")),
        ("person", gettext_lazy("Person, by their key there")),
        ("person.email", gettext_lazy("Person, by their mail")),
        ("person.full_name", gettext_lazy("Person’s name, besides their mail")),
    ),
}
NEW_FIELDS: Sequence[tuple[str, Words]] = (
    (f"{NEW}text", gettext_lazy("Custom field: text")),
    (f"{NEW}number", gettext_lazy("Custom field: number")),
    (f"{NEW}date", gettext_lazy("Custom field: date")),
    (f"{NEW}boolean", gettext_lazy("Custom field: yes or no")),
)


def kind_words(kind: str) -> str:
    """What a file brings."""
    return str(FILES[kind])


def choices_of(kind: str) -> Choices:
    """The options for the columns of such a file, in groups."""
    target = import_targets.find(kind)
    if target is None:
        return ()
    plain = [_option(one) for one in target.fields if one.name not in UNASKED[kind]]
    key = ("key", gettext_lazy("Key in the other system"))
    groups: list[tuple[Words, Sequence[tuple[str, Words]]]] = [
        (gettext_lazy("Fields"), [*plain, *MORE[kind], key])
    ]
    if own := [(CUSTOM + one.code, one.label) for one in fields_of(kind)]:
        groups.append((gettext_lazy("Own fields"), own))
    firm = import_targets.find("company")
    if kind != "company" and firm:
        words = gettext_lazy("Of the company")
        named = {one.name: one for one in firm.fields}
        theirs = [(f"company.{name}", named[name].label) for name in FIRM]
        theirs += [(f"company.{CUSTOM}{one.code}", one.label) for one in fields_of("company")]
        groups.append((words, theirs))
    return [*groups, (gettext_lazy("Make a custom field"), NEW_FIELDS)]


def _option(field: ImportField) -> tuple[str, Words]:
    if field.of == "user":
        words = gettext("%(field)s, by name or mail")
        return field.name, words % {"field": field.label}
    return field.name, field.label


def field_words() -> dict[str, str]:
    """What fields are called on screens, by the names that reports of imports have for them."""
    options = [one for kind in KINDS for _group, some in choices_of(kind) for one in some]
    return {name.removeprefix(CUSTOM): str(words) for name, words in reversed(options)}


def label_of(choices: Choices, field: str) -> str:
    """The words of one option."""
    words = {name: str(words) for _group, some in choices for name, words in some}
    return words.get(field, field)
