"""Reviews and referrals as pages of customers show them."""

from collections.abc import Collection
from typing import Any

from django.urls import reverse
from django.utils import timezone

from baton.core.access.models import User
from baton.records.people.models import Person
from baton.sales.customers.models import Customer, Favour, FavourTerms
from baton.sales.customers.queries import favour_counts, people_content
from baton.sales.customers.rules import GRANTED, FavourKind
from baton.sales.customers.words import FAVOUR_HUES, FAVOUR_KINDS, FAVOUR_OUTCOMES, FAVOUR_SUMS

MOST = 20


def favour_badge(row: Favour) -> dict[str, Any]:
    """What came of it, or that nobody knows yet."""
    return {"name": FAVOUR_OUTCOMES[row.outcome], "hue": FAVOUR_HUES[row.outcome]}


def favours_of(found: Customer, *, user: User, agreed: FavourTerms) -> dict[str, Any]:
    """Whom to ask now, and who was asked, the newest first."""
    rows = Favour.objects.living().filter(customer=found).select_related("person", "referred")
    shown = list(rows.order_by("-asked_at", "-pk")[:MOST])
    seen = _seen(user, [one.referred_id for one in shown if one.referred_id])
    return {
        "to_ask": list(people_content(found, at=timezone.now(), agreed=agreed)),
        "review_url": agreed.review_url,
        "favours": [
            {
                "favour": one,
                "badge": favour_badge(one),
                "kind": FAVOUR_KINDS[one.kind],
                "referred": one.referred if one.referred_id in seen else None,
                "is_review": one.kind == FavourKind.REVIEW,
            }
            for one in shown
        ],
    }


def _seen(user: User, ids: Collection[int]) -> set[int]:
    rows = Person.objects.visible_to(user).filter(pk__in=ids) if ids else Person.objects.none()
    return set(rows.values_list("pk", flat=True))


def favour_sums(user: User) -> list[dict[str, Any]]:
    """Of so many asked so many did, each figure with the way to its rows; [] of none."""
    counts, url = favour_counts(user), reverse("customers:favours")
    return [
        {
            "name": FAVOUR_SUMS[kind],
            "done": counts.get((kind, GRANTED[kind]), 0),
            "done_url": f"{url}?view={GRANTED[kind]}",
            "asked": counts[kind, "all"],
            "asked_url": f"{url}?view={kind}",
        }
        for kind in FavourKind
        if counts[kind, "all"]
    ]
