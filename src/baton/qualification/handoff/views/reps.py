"""Who carries how much, what they bring along, and how pools work."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.calendars.models import Leave
from baton.core.calendars.queries import leave_now
from baton.core.errors import RuleViolation
from baton.core.languages import language_name
from baton.core.settings.queries import organisation_zone
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.qualification.handoff import actions
from baton.qualification.handoff.forms import able_users
from baton.qualification.handoff.forms.places import PoolSettingsForm, ProfileForm
from baton.qualification.handoff.models import Offer, Pool, PoolMember, RepProfile
from baton.qualification.handoff.permissions import MANAGE_HANDOFFS, VIEW_HANDOFFS
from baton.qualification.handoff.queries.day import Load, load_of_reps
from baton.qualification.handoff.views.loading import on_their_clock

MOST = 500


@dataclass(frozen=True, kw_only=True)
class Carrier:
    """One who answers leads: what lies with them, and what routing knows of them."""

    user: User
    load: Load | None
    today: int
    pools: list[PoolMember]
    leave: Leave | None
    languages: list[str]
    skills: list[str]

    @property
    def is_resting(self) -> bool:
        return bool(self.pools) and not any(member.is_available for member in self.pools)


@requires(VIEW_HANDOFFS)
@require_GET
@on_their_clock
def reps(request: HtmxRequest) -> HttpResponse:
    user, at = user_of(request), timezone.now()
    context = {"carriers": _carriers(user, at=at), "may_manage": user.may(MANAGE_HANDOFFS)}
    return render(request, "handoff/reps.html", context)


def _carriers(user: User, *, at: datetime) -> list[Carrier]:
    """A fixed number of queries; what lies with each as far as the user sees it."""
    loads = {load.user_id: load for load in load_of_reps(user, at=at, most=MOST)}
    today, away = _offers_today(at), leave_now(at)
    profiles = RepProfile.objects.in_bulk(field_name="user_id")
    members: dict[int, list[PoolMember]] = {}
    for member in PoolMember.objects.filter(pool__deleted_at=None).select_related("pool"):
        members.setdefault(member.user_id, []).append(member)
    return [
        Carrier(
            user=one,
            load=loads.get(one.pk),
            today=today[one.pk],
            pools=members.get(one.pk, []),
            leave=away.get(one.pk),
            languages=[language_name(code) for code in said.languages] if said else [],
            skills=said.skills if said else [],
        )
        for one in able_users()
        for said in [profiles.get(one.pk)]
    ]


def _offers_today(at: datetime) -> Counter[int]:
    zone = organisation_zone()
    midnight = datetime.combine(at.astimezone(zone), time(), tzinfo=zone)
    rows = Offer.objects.filter(offered_at__gte=midnight, rep__isnull=False).values_list("rep")
    return Counter(dict(rows.annotate(Count("pk"))))


@requires(MANAGE_HANDOFFS)
@require_http_methods(["GET", "POST"])
def edit_rep(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Which languages somebody speaks, and what they know."""
    rep = get_object_or_404(User.objects.filter(deleted_at=None), key=key)
    form = ProfileForm(request.POST or None, profile=RepProfile.objects.filter(user=rep).first())
    if request.method == "POST" and form.is_valid():
        by, at = user_of(request), timezone.now()
        try:
            actions.set_profile(user=rep, by=by, at=at, **form.cleaned_data)
        except RuleViolation as no:
            form.add_error(None, str(no))
        else:
            say(request, _("Saved."))
            return go(request, reverse("handoff:reps"))
    status = 422 if request.method == "POST" else 200
    return render(request, "handoff/rep.html", {"form": form, "rep": rep}, status=status)


@requires(MANAGE_HANDOFFS)
@require_http_methods(["GET", "POST"])
def edit_pool(request: HtmxRequest, key: UUID) -> HttpResponse:
    user = user_of(request)
    rows = Pool.objects.visible_to(user, MANAGE_HANDOFFS).living()
    pool = get_object_or_404(rows.select_related("escalates_to"), key=key)
    form = PoolSettingsForm(request.POST or None, pool=pool)
    if request.method == "POST" and form.is_valid():
        values: dict[str, Any] = dict(form.cleaned_data)
        version = values.pop("version")
        try:
            actions.edit_pool(pool=pool, values=values, version=version, by=user, at=timezone.now())
        except RuleViolation as no:
            form.add_error(None, str(no))
        else:
            say(request, _("Saved."))
            return go(request, reverse("handoff:routing"))
    status = 422 if request.method == "POST" else 200
    return render(request, "handoff/pool_edit.html", {"form": form, "pool": pool}, status=status)
