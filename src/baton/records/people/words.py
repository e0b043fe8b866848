"""How people's origins, stages and purposes are called and coloured on screens."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from baton.core.words import label_of, words
from baton.records.people.models import Consent
from baton.records.people.rules import TAG, AddressKind, BuyingRole, Origin, Seniority

ORIGINS: dict[str, Promise] = {
    Origin.MARKETING: _("Marketing"),
    Origin.SALES: _("Sales"),
    Origin.PARTNER: _("Partner"),
    Origin.CUSTOMER: _("Customer"),
}
SENIORITIES: dict[str, Promise] = {
    Seniority.OWNER: _("Owner or founder"),
    Seniority.C_LEVEL: _("C-level"),
    Seniority.VP: _("Vice president"),
    Seniority.DIRECTOR: _("Director or head"),
    Seniority.MANAGER: _("Manager"),
    Seniority.SENIOR: _("Senior"),
    Seniority.ENTRY: _("Entry level"),
}
BUYING_ROLES: dict[str, Promise] = {
    BuyingRole.DECISION_MAKER: _("Decision maker"),
    BuyingRole.CHAMPION: _("Champion"),
    BuyingRole.EVALUATOR: _("Evaluator"),
    BuyingRole.INFLUENCER: _("Influencer"),
    BuyingRole.PROCUREMENT: _("Procurement"),
}
ADDRESS_KINDS: dict[str, Promise] = {
    AddressKind.WORK: _("Work"),
    AddressKind.HOME: _("Home"),
    AddressKind.OTHER: _("Other"),
}
POSTAL: dict[str, Promise] = {
    "street": _("Street"),
    "postcode": _("Postcode"),
    "city": _("City"),
    "region": _("Region"),
    "country": _("Country"),
}
PURPOSES: dict[str, Promise] = {
    "newsletter": _("Newsletter"),
    "tracking": _("Visits"),
    "one-to-one": _("Personal mail"),
}
BASES: dict[str, Promise] = {
    "consent": _("Consent"),
    "contract": _("Contract"),
    "legitimate interest": _("Legitimate interest"),
}
HUES = {
    "mql": "blue",
    "sal": "teal",
    "sql": "teal",
    "opportunity": "violet",
    "customer": "green",
    "evangelist": "green",
}


def origin_words(origin: str) -> str:
    """How the relation began, in words; what is none of ours as it stands."""
    return str(ORIGINS.get(origin, origin))


@dataclass(frozen=True)
class StageBadge:
    """What the badge of a stage says, and its colour."""

    name: str
    hue: str


def stages() -> Iterable[tuple[str, str]]:
    """Key and label of each stage, in the order of the lifecycle."""
    return [(key, label_of(key)) for key, word in words().items() if word.section == "Lifecycle"]


def stage_badge(stage: str) -> StageBadge:
    """Gray for those of whom nobody says that they will buy."""
    return StageBadge(label_of(stage), HUES.get(stage, "gray"))


def purpose_label(purpose: str) -> str:
    """As a screen writes it; one that we do not know as it stands."""
    return str(PURPOSES.get(purpose, purpose))


def basis_label(basis: str) -> str:
    """As a screen writes it; one that we do not know as it stands."""
    if basis == Consent.UNCONFIRMED:
        return str(_("A form, not confirmed"))
    return str(BASES.get(basis, basis))


def channel_label(channel: str) -> str:
    """ "organic_search" is "Organic search"."""
    return channel.replace("_", " ").capitalize()


def touch_label(touch: str) -> str:
    """In words; one whose module is gone by its name: "form.submitted" is "Form submitted"."""
    if touch in TOUCHES:
        return str(TOUCHES[touch])
    return touch.replace(".", " ").replace("_", " ").capitalize()


TOUCHES: dict[str, Promise] = {  # by ``Fact.touch_name``
    "form.submitted": _("Form sent"),
    "visit.made": _("Visit"),
    "meeting.booked": _("Meeting booked"),
    "purchase.made": _("Purchase"),
    "subscription.started": _("Subscription started"),
    "activity.logged.call": _("Call"),
    "activity.logged.meeting": _("Meeting"),
    "activity.logged.mail": _("Mail"),
}


FIELDS: dict[str, Promise] = {
    "full_name": _("Name"),
    "emails": _("Email"),
    "phones": _("Phone"),
    "said_source": _("Heard of us"),
    "parent": _("Belongs to"),
    "stage": _("Lifecycle"),
    "stage_reason": _("Why this stage"),
    "buying_role": _("Part in buying"),
    "linkedin": _("LinkedIn"),
    "zone": _("Time zone"),
    "annual_revenue": _("Revenue a year"),
    "employee_count": _("Employees"),
    "custom": _("Own fields"),
}
VERBS: dict[str, Promise] = {
    "created": _("Added"),
    "edited": _("Edited"),
    "deleted": _("Deleted"),
    "restored": _("Restored"),
    "merged": _("Took in another"),
}


def field_label(name: str) -> str:
    """ "job_title" is "Job title"."""
    if name.startswith(TAG):
        return str(_("Tag"))
    return str(FIELDS.get(name) or name.replace("_", " ").capitalize())


def verb_label(verb: str) -> str:
    """What was done, as a screen writes it."""
    return str(VERBS.get(verb, verb))
