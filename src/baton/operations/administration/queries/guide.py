"""What a new house begins with: each step looks for itself whether it is done."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from baton.core.access.queries import who_can_sign_in
from baton.core.prepared import Prepared
from baton.core.settings.queries import organisation
from baton.core.signin.queries import open_invitations
from baton.operations.administration.models import SkippedStep
from baton.qualification.handoff.queries import agreement_in_force
from baton.records.people.models import Person


@dataclass(frozen=True, kw_only=True)
class Step:
    name: str
    title: str | Promise
    words: str | Promise
    link: str | Promise
    url_name: str
    other: tuple[str | Promise, str] | None = None  # another way to do it: its words and where
    is_done: Callable[[], bool]


@dataclass(frozen=True)
class Shown:
    step: Step
    is_done: bool
    is_skipped: bool


_INVITED = Prepared(lambda: open_invitations().order_by().values_list("pk")[:1])
_COLLEAGUES = Prepared(lambda: who_can_sign_in().order_by().values_list("pk")[:2])
_PEOPLE = Prepared(lambda: Person.objects.order_by().values_list("pk")[:1])
_SKIPPED: Prepared[str] = Prepared(lambda: SkippedStep.objects.values_list("name", flat=True))


def _knows_company() -> bool:
    company = organisation()
    return bool(company.country) or company.hours is not None


def _has_colleagues() -> bool:
    return bool(_INVITED.rows()) or len(_COLLEAGUES.rows()) > 1


def _has_agreement() -> bool:
    """The first one came with the house and was signed by nobody who had read it."""
    agreement = agreement_in_force()
    return agreement is not None and agreement.version > 1


STEPS = (
    Step(
        name="company",
        title=_("The company"),
        words=_("Its time zone, holidays and working hours: clocks stand still outside them."),
        link=_("Open settings"),
        url_name="administration:company",
        is_done=_knows_company,
    ),
    Step(
        name="colleagues",
        title=_("Your colleagues"),
        words=_("Each gets a link and sets their own password."),
        link=_("Invite somebody"),
        url_name="administration:invitations",
        is_done=_has_colleagues,
    ),
    Step(
        name="people",
        title=_("Your people and companies"),
        words=_("Bring in the files of your old system, or enter the first by hand."),
        link=_("Import files"),
        url_name="exchange:new-import",
        other=(_("New person"), "people:new"),
        is_done=lambda: bool(_PEOPLE.rows()),
    ),
    Step(
        name="agreement",
        title=_("The agreement"),
        words=_("What marketing and sales owe each other. The first is a proposal: make it yours."),
        link=_("Open the agreement"),
        url_name="handoff:agreement",
        is_done=_has_agreement,
    ),
)


def guide() -> list[Shown]:
    """All steps, or none once each is done or skipped."""
    skipped = set(_SKIPPED.rows())
    if skipped >= {step.name for step in STEPS}:
        return []
    shown = [Shown(step, step.is_done(), step.name in skipped) for step in STEPS]
    return [] if all(one.is_done or one.is_skipped for one in shown) else shown
