"""What stands in the places of addresses, and whose it is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db.models import F

from baton.core.changes.models import Change
from baton.core.keys import KeyedModel, RecordModel
from baton.core.money.models import Rate
from baton.marketing.capture.tests.factories import AT
from baton.qualification.handoff.models import Agreement, PoolMember
from baton.qualification.handoff.queries.attainment import Promise
from baton.qualification.handoff.queries.effects import Effect
from baton.qualification.handoff.rules import ClockKind
from baton.qualification.lifecycle.models import StageChange

# The house's own: there is no team whose they were. Everything else belongs to somebody.
HOUSE = {
    *("access.User", "access.Team", "access.ApiKey", "settings.Organisation", "settings.Brand"),
    "signin.Invitation",
    *("integrations.Endpoint", "integrations.Delivery"),
    *("audience.Persona", "purchases.Product", "fields.FieldDefinition", "exchange.Import"),
    *("fields.ValidationRule", "mail.Mail"),
    *("purchases.Hook", "purchases.Delivery"),
    *("capture.Page", "capture.Form", "campaigns.Campaign", "campaigns.Cost"),
    "traffic.Traffic",
    *("scoring.ScoreModel", "scoring.ScoreRule", "scoring.ScoreTrial"),
    *("handoff.Agreement", "handoff.Pool", "handoff.RoutingRule"),
    *("handoff.Territory", "handoff.NamedAccount"),
    *("deals.Pipeline", "deals.Stage", "calendars.FreeDay"),
    *("reviews.Review", "reviews.Point", "improvements.Improvement"),
    *("discovery.Guide", "material.Material"),
    *("journey.Shown", "journey.BuyerStage"),
    *("plans.Plan", "customers.Terms", "customers.TemplateStep"),
    "customers.CheckinRule",
}


@dataclass(frozen=True)
class Piece:
    """A value for a place in an address, and whose it is (a model's label)."""

    value: str
    label: str

    @property
    def is_foreign(self) -> bool:
        return self.label not in HOUSE

    @cached_property
    def of(self) -> tuple[str, str]:
        """Its module and its model, as addresses are written."""
        app, _dot, model = self.label.lower().partition(".")
        return app, model


class Catalogue:
    """What may stand in the places of an address, read once."""

    def __init__(self) -> None:
        self.keys = list(_keys())
        self.batches = list(_batches())
        words = {name: [str(word) for word in read()] for name, read in WORDS.items()}
        self.words = {name: [Piece(word, "") for word in found] for name, found in words.items()}

    def one_of_each(self) -> dict[str, str]:
        """A key by the name of its model; of two of a kind the one that comes first."""
        likely = reversed(self.keys)
        return {one.label.rpartition(".")[2].lower(): one.value for one in likely}

    def pieces(self, name: str, converter: str) -> list[Piece]:
        """All values for a place of that name; [] for a name that nobody knows."""
        if name == "batch":
            return self.batches
        return self.keys if converter == "uuid" else self.words.get(name, [])


def _batches() -> Iterator[Piece]:
    """Of all that can be taken back, the latest of each kind before the others."""
    for model, kind in ((Change, "object_type"), (StageChange, "to_stage")):
        rows = model._base_manager.filter(batch__isnull=False).order_by("-pk")
        found = list(rows.values_list(kind, "batch"))
        latest = dict(reversed(found)).values()
        for batch in dict.fromkeys([*latest, *(batch for _kind, batch in found)]):
            yield Piece(str(batch), model._meta.label)


def _keys() -> Iterator[Piece]:
    """The newest first, and what lies in the trash behind all others."""
    for model in apps.get_models():
        if issubclass(model, KeyedModel):
            rows = model._base_manager.order_by("-pk").values_list("key", flat=True)
            if issubclass(model, RecordModel):
                rows = rows.order_by(F("deleted_at").desc(nulls_first=True), "-pk")
            yield from (Piece(str(key), model._meta.label) for key in rows)


WORDS: dict[str, Callable[[], Any]] = {
    "kind": lambda: ["person", "company", "deal"],
    "block": lambda: ["month", "agreement", "goals", "forms"],
    "counted": lambda: ["targets", "checks", "capacity"],
    "about": lambda: ["goals", "closed"],
    "name": lambda: ["job_title", "industry", "amount", "owner"],
    "listing": lambda: ["people", "deals"],
    "block_id": lambda: ["form"],
    "code": lambda: ["email"],
    "source": lambda: ["shop"],
    "version": lambda: Agreement.objects.values_list("version", flat=True),
    "member": lambda: PoolMember.objects.values_list("pk", flat=True),
    "rate": lambda: Rate.objects.values_list("pk", flat=True),
    "currency": lambda: ["USD"],
    "on": lambda: [AT.date()],
    "stamp": lambda: [int(AT.timestamp()) * 1_000_000],
    "effect": lambda: [Effect.SCORED, Effect.ANSWERED, "accept"],
    "promise": lambda: [Promise.MQLS, Promise.ACCEPT],
    "lane": lambda: ["score"],
    "step": lambda: ["sal"],
    "clock_kind": lambda: list(ClockKind)[:1],
}
