"""How far companies are, and who of their people is that far."""

from collections import defaultdict
from collections.abc import Collection

from baton.core.access.models import User
from baton.core.prepared import Prepared
from baton.records.people.models import Company, Person


def companies_stand(ids: Collection[int]) -> dict[int, tuple[str, bool]]:
    """By company its stage, and whether somebody set it by hand; locks the rows."""
    rows = Company.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    return {
        pk: (stage, bool(reason))
        for pk, stage, reason in rows.values_list("pk", "stage", "stage_reason")
    }


def stages_at_companies(ids: Collection[int]) -> dict[int, set[str]]:
    """By company the stages of its living people; companies without any are left out."""
    found: dict[int, set[str]] = defaultdict(set)
    rows = Person.objects.living().filter(company_id__in=ids).order_by()
    for pk, stage in rows.values_list("company_id", "stage").distinct():
        found[pk or 0].add(stage)
    return found


def companies_of(person_ids: Collection[int]) -> list[int]:
    """Where these people work now."""
    rows = Person.objects.filter(pk__in=person_ids).exclude(company=None).order_by()
    return [pk for pk in rows.values_list("company_id", flat=True).distinct() if pk]


def company_ids_after(after: int, *, limit: int) -> list[int]:
    """The next ids in order: for work on all companies, a bite at a time."""
    rows = Company.objects.living().filter(pk__gt=after).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:limit])


def standing_there(company: Company, *, user: User) -> Person | None:
    """Whom this user sees of those who are as far as the company, the earliest first."""
    if not company.stage:
        return None
    return _THERE.first(user=user, company=company.pk, stage=company.stage)


_THERE = Prepared(
    lambda user, company, stage: (
        Person.objects.visible_to(user)
        .filter(company=company, stage=stage)
        .order_by("stage_at", "pk")[:1]
    )
)
