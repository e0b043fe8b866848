"""The company of the stories: its people, its pages, what it agreed on and what it spends."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from baton.core.access.actions import create_team, create_user
from baton.core.access.models import User
from baton.core.access.roles import Role
from baton.core.settings.actions import set_up_organisation
from baton.marketing.campaigns.models import Campaign
from baton.marketing.campaigns.tests.factories import a_campaign, a_cost
from baton.marketing.capture.models import Page
from baton.marketing.capture.rules import FieldKind, Fills, FormField
from baton.marketing.capture.tests.factories import AT, FIELDS, a_form, a_page
from baton.qualification.handoff import actions as handoff
from baton.qualification.scoring.tests.factories import a_fit_rule, an_engagement_rule
from baton.records.audience.tests.factories import a_persona
from baton.sales.deals.actions import ensure_default_pipeline

BEGIN = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)  # Monday, 09:30 in Berlin, 03:30 in New York
TITLE = FormField(code="title", kind=FieldKind.TEXT, label="Your role", fills=Fills.JOB_TITLE)
PLANTS = "linkedin-plants"
ARRIVAL = f"utm_source=linkedin&utm_medium=cpc&utm_campaign={PLANTS}"
OPENER = "What did your last audit cost you in evenings?"
RECYCLE_DAYS = 60


@dataclass(frozen=True, kw_only=True)
class House:
    """Teo works New York's hours, everybody else Berlin's."""

    ada: User  # owner
    ines: User  # head of marketing
    mara: User  # marketer
    teo: User  # rep, north: leads of the campaign go to him first
    nora: User  # rep, north
    otto: User  # rep, south
    plants: Campaign
    welcome: Page
    guide: Page
    demo: Page


def build_house() -> House:
    """All that has to be there before the first stranger comes."""
    set_up_organisation(name="Fennmark", zone="Europe/Berlin", base_currency="EUR")
    users: dict[str, Any] = _users()
    _agree(users)
    _judge()
    plants = a_campaign(name="LinkedIn plants", code=PLANTS, channel="paid_social")
    march = {"from_on": date(2026, 3, 1), "to_on": date(2026, 3, 31)}
    a_cost(campaign=plants, channel="paid_social", amount=Decimal(3100), **march)
    ensure_default_pipeline()
    pages: dict[str, Any] = _pages()
    return House(**users, plants=plants, **pages)


def _users() -> dict[str, User]:
    north, south = create_team(name="North"), create_team(name="South")
    cast = {
        "ada": (Role.OWNER, None, ""),
        "ines": (Role.HEAD_OF_MARKETING, None, ""),
        "mara": (Role.MARKETER, None, ""),
        "teo": (Role.REP, north, "America/New_York"),
        "nora": (Role.REP, north, ""),
        "otto": (Role.REP, south, ""),
    }
    users = {}
    for name, (role, team, zone) in cast.items():
        users[name] = create_user(
            name=name.title(),
            role=role,
            email=f"{name}@fennmark.example",
            password=name,
            team=team,
        )
        users[name].zone = zone
        users[name].save(update_fields=["zone"])
    return users


def _agree(users: dict[str, User]) -> None:
    """Leads of the campaign go to Teo and Otto, the rest is everybody's."""
    terms = {"hand_raise_forms": ["demo"], "recycle_days": RECYCLE_DAYS, "max_rounds": 3}
    handoff.ensure_first_agreement(by=users["ada"], at=AT, values=terms)
    everybody, _queue = handoff.ensure_pools(at=AT)
    handoff.set_member(pool=everybody, user=users["nora"], by=None, at=AT)
    plants = handoff.create_pool(name="Plants", by=None, at=AT)
    handoff.set_member(pool=plants, user=users["teo"], by=None, at=AT, weight=2)
    handoff.set_member(pool=plants, user=users["otto"], by=None, at=AT)
    condition = {"field": "person.campaign", "op": "is", "value": PLANTS}
    rule = {"name": "Plants", "pool": plants, "condition": condition, "position": 1}
    handoff.save_routing_rule(values=rule, by=None, at=AT)


def _judge() -> None:
    """A guide gives 50, who leads something gets 25: together over the threshold of 70."""
    an_engagement_rule(name="Sent a form", points=50, half_life_days=30)
    a_fit_rule(
        name="Leads something",
        points=25,
        condition={"field": "person.job_title", "op": "contains", "value": "head"},
    )
    a_persona(
        name="Energy lead",
        rule={"field": "person.job_title", "op": "contains", "value": "energy"},
        pains=["Meters that nobody reads"],
        sentences=[OPENER],
    )


def _pages() -> dict[str, Page]:
    fields = (*FIELDS, TITLE)
    demo = a_form(name="Request a demo", code="demo", fields=fields)
    guide = a_form(name="Energy guide", code="guide", fields=fields)
    return {
        "welcome": a_page(title="Welcome", slug="welcome", form=guide),
        "guide": a_page(title="The energy guide", slug="guide", form=guide),
        "demo": a_page(title="See it", slug="demo", form=demo),
    }
