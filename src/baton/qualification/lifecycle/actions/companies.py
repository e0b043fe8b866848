"""How far a company is: as far as the furthest of its people and deals, or as somebody says."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.bulk import bites
from baton.core.errors import RuleViolation
from baton.core.fields.actions import obey_rules
from baton.core.keys import new_key
from baton.qualification.lifecycle.actions.by_hand import BY_HAND, NoReason
from baton.qualification.lifecycle.rules import Stage, furthest
from baton.qualification.lifecycle.slots import company_stages
from baton.records.people import actions as people
from baton.records.people.models import Company
from baton.records.people.queries import companies_stand, stages_at_companies

BITE = 1000  # companies


class NothingByHand(RuleViolation):
    """The stage follows people and deals already."""


def derive_companies(*, company_ids: Collection[int], at: datetime) -> int:
    """Write down how far these companies are where it is another stage by now; says how many.

    What somebody set by hand stays.
    """
    return sum(_derive(some, at=at) for some in bites(sorted(company_ids), size=BITE))


@transaction.atomic
def set_company_stage(
    *, company: Company, to_stage: str, reason: str, by: User | None, at: datetime
) -> UUID:
    """From now on the company is there, whatever its people do. Raises NoReason and ValueError.

    The batch that is returned takes it back.
    """
    if not reason.strip():
        raise NoReason(_("Say why: a colleague will ask."))
    values = {"stage": Stage(to_stage).value, "stage_at": at, "stage_reason": reason.strip()}
    return _edit(company, values, by=by, at=at)


@transaction.atomic
def free_company_stage(*, company: Company, by: User | None, at: datetime) -> UUID:
    """The stage follows people and deals again. Raises NothingByHand."""
    company = Company.objects.select_for_update().get(pk=company.pk)
    if not company.stage_reason:
        raise NothingByHand(_("Nobody set the stage by hand."))
    stage = _reached([company.pk]).get(company.pk, "")
    return _edit(company, {"stage": stage, "stage_at": at, "stage_reason": ""}, by=by, at=at)


def _edit(company: Company, values: Mapping[str, object], *, by: User | None, at: datetime) -> UUID:
    batch = new_key()
    people.edit_company(
        company=company, values=values, version=None, by=by, at=at, cause=BY_HAND, batch=batch
    )
    obey_rules(Company, [company.pk], object_type="company", at=at, by=by)
    return batch


@transaction.atomic(savepoint=False)
def _derive(ids: list[int], *, at: datetime) -> int:
    # Locked first: of two who derive at once the second sees what the first wrote.
    stand = companies_stand(ids)
    reached = _reached(stand)
    changed = {
        pk: {"stage": reached.get(pk, ""), "stage_at": at}
        for pk, (stage, is_by_hand) in stand.items()
        if not is_by_hand and stage != reached.get(pk, "")
    }
    people.show_companies(changed)
    return len(changed)


def _reached(ids: Collection[int]) -> dict[int, str]:
    """The furthest of all that is known of each; companies of which nothing is are left out."""
    found: dict[int, set[str]] = defaultdict(set)
    for stages_of in (stages_at_companies, *company_stages):
        for pk, stages in stages_of(ids).items():
            found[pk].update(stages)
    return {pk: furthest(stages) for pk, stages in found.items()}
