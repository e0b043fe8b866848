"""What can be asked of people and companies: in lists, routing, scoring, personas, reports."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial, reduce
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import StrIndex, Substr
from django.utils.translation import gettext_lazy as _

from baton.core.access.queries import colleagues
from baton.core.offers import FieldKind, FilterField, Label
from baton.core.search.fields import Words
from baton.core.search.typed import Typed
from baton.records.people.models import (
    Company,
    CompanyDomain,
    CompanyWords,
    Consent,
    EmailAddress,
    PersonWords,
    Phone,
    PostalAddress,
)
from baton.records.people.queries import (
    at_tagged_companies,
    tag_choices,
    tagged_companies,
    tagged_people,
)
from baton.records.people.rules.countries import spellings_of
from baton.records.people.rules.grades import GRADES
from baton.records.people.words import BUYING_ROLES, ORIGINS, SENIORITIES, stages

Choices = Callable[[], Iterable[tuple[str, Label]]]
Ask = tuple[str, Label, FieldKind, str | Callable[[], Combinable], Choices | None]

BOUNCED = "bounced"  # how imports end the source of such a statement: "Mailchimp: bounced"
COUNTRIES = frozenset({"country", "company_country"})
OF_PERSON = frozenset({"person.created", "person.changed"})
OF_COMPANY = frozenset({"company.created", "company.changed"})
# What moves the stage of a company, too: its people.
OF_STANDING = OF_COMPANY | {"person.created", "person.changed", "lifecycle.changed"}
OF_OWNER = frozenset({"person.created", "person.owner_changed"})
OF_STAGE = frozenset({"person.created", "lifecycle.changed"})
OF_SCORE = frozenset({"score.changed"})
OF_COMPANY_SCORE = frozenset({"score.record_changed"})
OF_PERSONA = frozenset({"persona.assigned"})
T, N, D, C, R = (
    FieldKind.TEXT,
    FieldKind.NUMBER,
    FieldKind.DATE,
    FieldKind.CHOICE,
    FieldKind.RELATION,
)


def origins() -> Iterable[tuple[str, Label]]:
    """How a relation can have begun."""
    return list(ORIGINS.items())


def grades() -> Iterable[tuple[str, Label]]:
    """A1 to D4."""
    return [(grade, grade) for grade in GRADES]


def email_domain() -> Combinable:
    """Behind the @ of the primary address."""
    primary = EmailAddress.objects.filter(person=OuterRef("pk"), is_primary=True, deleted_at=None)
    behind = Substr("normalised", StrIndex("normalised", Value("@")) + 1)
    return Subquery(primary.annotate(domain=behind).values("domain")[:1])


def email() -> Combinable:
    """The primary address."""
    rows = EmailAddress.objects.filter(person=OuterRef("pk"), is_primary=True, deleted_at=None)
    return Subquery(rows.values("address")[:1])


def _held(
    kind: type[Words], texts: Sequence[str], *, name: str = "pk", is_ascii: bool = False
) -> Q:
    """Whose addresses, name or company have words that begin so: the index of words knows them.
    ``is_ascii``: it has a domain in ASCII (IDNA), which says nothing of how other letters are
    written."""
    if not all(Typed.of(text).asked and (text.isascii() or not is_ascii) for text in texts):
        return Q()
    rows: Any = kind._base_manager
    held = (rows.filter(words__hold=text).values("pk") for text in texts)
    return reduce(or_, (Q(**{f"{name}__in": one}) for one in held))


def _at_such_companies(texts: Sequence[str]) -> Q:
    """The index knows those that are not in the trash."""
    held = _held(CompanyWords, texts, name="company")
    gone = Company.objects.filter(deleted_at__isnull=False)
    return held | Q(company__in=gone.values("pk")) if held else held


def has_bounced() -> Combinable:
    """One of their addresses is known not to take mail."""
    bounced = Exists(_bounces().filter(email=OuterRef("normalised")))
    mine = EmailAddress.objects.filter(bounced, person=OuterRef("pk"), deleted_at=None)
    return Exists(mine)


def with_bounced(_texts: Sequence[str]) -> Q:
    """The same, from the few such statements on."""
    written = EmailAddress.objects.filter(normalised__in=_bounces().values("email"))
    return Q(pk__in=written.filter(deleted_at=None).values("person"))


def _bounces() -> QuerySet[Consent]:
    return Consent.objects.filter(is_given=False, source__iendswith=BOUNCED)


def has_phone_unread() -> Combinable:
    """A number that no country's plan knows: nobody can press it to call."""
    return Exists(Phone.objects.filter(person=OuterRef("pk"), e164=""))


def with_phone_unread(_texts: Sequence[str]) -> Q:
    """The same, from these numbers on."""
    return Q(pk__in=Phone.objects.filter(e164="").values("person"))


def postal_part(name: str) -> Combinable:
    """Of the postal address to use."""
    rows = PostalAddress.objects.filter(person=OuterRef("pk")).order_by("pk")
    return Subquery(rows.values(name)[:1])


def company_domain() -> Combinable:
    """The company's first domain."""
    rows = CompanyDomain.objects.filter(company=OuterRef("pk"), deleted_at=None)
    return Subquery(rows.order_by("pk").values("domain")[:1])


AMONG: Mapping[tuple[str, str], Callable[[Sequence[str]], Q]] = {
    ("person", "email_domain"): partial(_held, PersonWords, is_ascii=True),
    ("person", "email"): partial(_held, PersonWords, is_ascii=True),
    ("person", "full_name"): partial(_held, PersonWords),
    ("person", "company"): _at_such_companies,
    ("company", "name"): partial(_held, CompanyWords),
    ("company", "domain"): partial(_held, CompanyWords, is_ascii=True),
    ("person", "bounced"): with_bounced,
    ("person", "phone_unread"): with_phone_unread,
}
_PERSON: list[tuple[frozenset[str], list[Ask]]] = [
    (
        OF_STAGE,
        [
            ("stage", _("Lifecycle"), C, "stage", stages),
            ("lead_at", _("Became a lead"), D, "lead_at", None),
        ],
    ),
    (
        OF_SCORE,
        [
            ("score", _("Score"), N, "score", None),
            ("fit", _("Fit"), N, "fit", None),
            ("engagement", _("Engagement"), N, "engagement", None),
            ("grade", _("Grade"), C, "grade", grades),
        ],
    ),
    (OF_OWNER, [("owner", _("Owner"), R, "owner", colleagues)]),
    (OF_PERSONA, [("persona", _("Persona"), T, "persona", None)]),
    # Every fact with a touch moves it; too many to name, and only windows of days ask for it.
    (frozenset(), [("latest_touch_at", _("Latest touch"), D, "latest_touch_at", None)]),
    (
        OF_PERSON,
        [
            ("origin", _("Origin"), C, "origin", origins),
            ("channel", _("Channel"), T, "channel", None),
            ("campaign", _("Campaign"), T, "campaign", None),
            ("landing_page", _("Landing page"), T, "landing_page", None),
            ("said_source", _("Heard of us"), T, "said_source", None),
            ("full_name", _("Name"), T, "full_name", None),
            ("job_title", _("Job title"), T, "job_title", None),
            ("seniority", _("Seniority"), C, "seniority", SENIORITIES.items),
            ("buying_role", _("Part in buying"), C, "buying_role", BUYING_ROLES.items),
            ("linkedin", _("LinkedIn"), T, "linkedin", None),
            ("x", "X", T, "x", None),
            ("website", _("Website"), T, "website", None),
            ("language", _("Language"), T, "language", None),
            ("zone", _("Time zone"), T, "zone", None),
            ("city", _("City"), T, partial(postal_part, "city"), None),
            ("postcode", _("Postcode"), T, partial(postal_part, "postcode"), None),
            ("region", _("Region"), T, partial(postal_part, "region"), None),
            ("country", _("Country"), T, "country", None),
            ("email_domain", _("Mail domain"), T, email_domain, None),
            ("email", _("Email"), T, email, None),
            ("bounced", _("Mail bounced"), FieldKind.BOOLEAN, has_bounced, None),
            ("phone_unread", _("Phone cannot be read"), FieldKind.BOOLEAN, has_phone_unread, None),
        ],
    ),
    (
        OF_PERSON | OF_COMPANY,
        [
            ("company", _("Company"), T, "company__name", None),
            ("company_stage", _("Company's lifecycle"), C, "company__stage", stages),
            ("industry", _("Industry"), T, "company__industry", None),
            ("employee_count", _("Employees"), N, "company__employee_count", None),
            ("company_country", _("Company's country"), T, "company__country", None),
            ("company_region", _("Company's region"), T, "company__region", None),
            ("company_postcode", _("Company's postcode"), T, "company__postcode", None),
            ("company_territory", _("Company's territory"), T, "company__territory", None),
        ],
    ),
]
_COMPANY: list[Ask] = [
    ("name", _("Name"), T, "name", None),
    ("domain", _("Domain"), T, company_domain, None),
    ("stage", _("Lifecycle"), C, "stage", stages),
    ("stage_at", _("In this stage since"), D, "stage_at", None),
    ("score", _("Score"), N, "score", None),
    ("grade", _("Grade"), C, "grade", grades),
    ("industry", _("Industry"), T, "industry", None),
    ("employee_count", _("Employees"), N, "employee_count", None),
    ("annual_revenue", _("Annual revenue"), N, "annual_revenue", None),
    ("phone", _("Phone"), T, "phone", None),
    ("linkedin", _("LinkedIn"), T, "linkedin", None),
    ("x", "X", T, "x", None),
    ("website", _("Website"), T, "website", None),
    ("territory", _("Territory"), T, "territory", None),
    ("street", _("Street"), T, "street", None),
    ("postcode", _("Postcode"), T, "postcode", None),
    ("city", _("City"), T, "city", None),
    ("country", _("Country"), T, "country", None),
    ("region", _("Region"), T, "region", None),
    ("parent", _("Belongs to"), T, "parent__name", None),
    ("owner", _("Owner"), R, "owner", colleagues),
]


def person_fields() -> Iterator[FilterField]:
    """What can be asked of a person, in the order in which forms offer it."""
    for changed_by, asks in _PERSON:
        yield from (_field("person", ask, changed_by) for ask in asks)
    yield _tags("person", "tags", _("Tag"), having=tagged_people, changed_by=OF_PERSON)
    yield _tags(
        "person",
        "company_tags",
        _("Company's tag"),
        having=at_tagged_companies,
        changed_by=OF_PERSON | OF_COMPANY,
    )


def company_fields() -> Iterator[FilterField]:
    """What can be asked of a company."""
    for ask in _COMPANY:
        yield _field("company", ask, _company_changes(ask[0]))
    yield _tags("company", "tags", _("Tag"), having=tagged_companies, changed_by=OF_COMPANY)


def _company_changes(name: str) -> frozenset[str]:
    if name in ("score", "grade"):
        return OF_COMPANY_SCORE
    return OF_STANDING if name.startswith("stage") else OF_COMPANY


def _tags(object_type: str, name: str, label: Label, **more: Any) -> FilterField:
    return FilterField(
        object_type=object_type,
        name=name,
        label=label,
        kind=FieldKind.SET,
        choices=tag_choices,
        **more,
    )


def _field(object_type: str, ask: Ask, changed_by: frozenset[str]) -> FilterField:
    name, label, kind, path, choices = ask
    return FilterField(
        object_type=object_type,
        name=name,
        label=label,
        kind=kind,
        path=path,
        choices=choices,
        changed_by=changed_by,
        alike=spellings_of if name in COUNTRIES else None,
        among=AMONG.get((object_type, name)),
    )
