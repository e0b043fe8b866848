"""What a list declares to be asked: `Listing(asks=ListFilter("person", …))`, and no more."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import reduce
from operator import and_
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.db.models import F, Q, QuerySet
from django.db.models.lookups import Contains
from django.http import HttpRequest
from django.utils import timezone

from baton.core.access.models import User
from baton.core.filters.addresses import Asked, read
from baton.core.filters.compiling import compile_filter
from baton.core.filters.fields import Fields, askable
from baton.core.filters.lookups import FoldedCase
from baton.core.filters.nodes import Filter, looks_of
from baton.core.limits import unasked
from baton.core.settings.queries import organisation_zone
from baton.core.sqlite.folding import fold_case
from baton.core.ui.lists import ASKED


def hold_text(name: str, text: str) -> Q:
    """Each word of the text stands somewhere in the field, written in whatever case."""
    words = (fold_case(word) for word in text.split())
    return reduce(and_, (Q(Contains(FoldedCase(F(name)), word)) for word in words), Q())


class _Remembering(HttpRequest):
    asked_filters: dict[str, Asked]  # read once per request


@dataclass(frozen=True, kw_only=True)
class ListFilter:
    """``found`` says how many rows a filter finds: "1 person matches"; of more than are counted
    it gets "over 10,000"."""

    object_type: str
    found: Callable[[int, str], str]

    def fields_for(self, user: User) -> Fields:
        without = unasked(user.limits) if user.kept_limits else ()
        return askable(self.object_type, may=user.may, without=without)

    def read(self, text: str, *, user: User) -> Asked:
        fields = self.fields_for(user) if text else {}
        return read(text, object_type=self.object_type, fields=fields)

    def asked_by(self, request: HttpRequest) -> Asked:
        """What the address asks; the list, its chips and its views read it once."""
        known = cast(_Remembering, request)
        text = request.GET.get(ASKED, "")
        if not hasattr(known, "asked_filters"):
            known.asked_filters = {}
        if self.object_type not in known.asked_filters:
            user = cast(User, request.user)
            known.asked_filters[self.object_type] = self.read(text, user=user)
        return known.asked_filters[self.object_type]

    def narrow(self, rows: QuerySet[Any], asked: Asked) -> QuerySet[Any]:
        """Those of which all holds."""
        return rows.filter(_compiled(asked)) if asked.parts else rows

    def condition(self, text: str, *, user: User) -> Q:
        """The same as a part of another query, for what is no list."""
        return _compiled(self.read(text, user=user)) if text else Q()

    def posed(self, request: HttpRequest) -> "Posed | None":
        """What the address asks, for a question that is kept; None where that is nothing."""
        asked = self.asked_by(request)
        if not asked.parts:
            return None
        zone = organisation_zone()
        now = timezone.now().astimezone(zone)
        days = (now.date(), timezone.localdate(now))
        return Posed(looks_of(asked.chosen.root), days, zone, asked.chosen, now)

    def is_whole(self, request: HttpRequest) -> bool:
        return not self.asked_by(request).lost

    def narrowed(self, rows: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
        return self.narrow(rows, self.asked_by(request))


@dataclass(frozen=True)
class Posed:
    """Conditions as they are asked on a day: of the company, and of whoever reads."""

    looks: Hashable
    days: tuple[date, date]
    zone: ZoneInfo
    chosen: Filter = field(compare=False)
    at: datetime = field(compare=False)

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Those of which all holds."""
        return rows.filter(compile_filter(self.chosen, at=self.at, zone=self.zone))


def _compiled(asked: Asked) -> Q:
    return compile_filter(asked.chosen, at=timezone.now(), zone=organisation_zone())
