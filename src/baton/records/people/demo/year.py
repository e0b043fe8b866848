"""Who comes in the course of a year: thousands from some hundred invented companies."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from baton.core.access.models import User
from baton.core.demo.rules import Stream, choose_stream
from baton.core.demo.slots import Bite, Year
from baton.records.people.actions import NewCompany, NewPerson, create_companies, create_people
from baton.records.people.demo.firms import TRADE_WEIGHTS, TRADES, company_name, employees_of
from baton.records.people.demo.names import REGIONS, WEIGHTS, Region, person_name
from baton.records.people.demo.telling import PHONES, slug_of
from baton.records.people.models import Company, Person
from baton.records.people.rules import Origin

STREAMS = (
    Stream(origin="marketing", channel="organic_search", landing_page="/p/energy-guide/",
           said="Searched", weight=6),
    Stream(origin="marketing", channel="organic_search", landing_page="/p/demo/",
           said="Searched for meters", weight=0.4, warmth=(0.8, 0.86)),
    Stream(origin="marketing", channel="direct", landing_page="/p/demo/", said="A colleague",
           weight=0.3, warmth=(0.86, 0.9)),
    Stream(origin="marketing", channel="referral", landing_page="/p/audit-guide/",
           said="An article", weight=3),
    Stream(origin="sales", weight=3),
    Stream(origin="partner", channel="referral", said="Our auditor", weight=1),
    Stream(origin="customer", channel="referral", said="Somebody who has your meters", weight=1),
)  # fmt: skip
TITLES = (
    ("Technician", 22), ("Production planner", 17), ("Maintenance lead", 18), ("Controller", 12),
    ("Project engineer", 17), ("Shift supervisor", 15), ("Buyer", 11), ("IT administrator", 8),
    ("Sustainability lead", 6), ("Energy consultant", 5), ("Quality lead", 9), ("Owner", 1),
    ("Energy manager", 2), ("Plant manager", 2), ("Head of operations", 3), ("Facility manager", 2),
    ("Head of sustainability", 2), ("Head of finance", 3), ("Warehouse manager", 3),
    ("Purchasing manager", 3), ("Managing director", 1), ("Head of energy", 1),
)  # fmt: skip
PRIVATE = ("Student", "Student of engineering", "Consultant", "Journalist", "Home owner")
NAMES, HOW_OFTEN = zip(*TITLES, strict=True)
JOINS = 0.55  # who comes from a company that is known already
ALONE, ALONE_COLD = 0.06, 0.55  # who belongs to none: usually, and where only strangers come
HAS_PHONE, HAS_TITLE = 0.45, 0.88
MANY = 20_000  # companies, after which a name may come again


@dataclass
class _Firm:
    """A company of this bite and who of it was told; ``row`` is written with all others."""

    new: NewCompany
    region: Region
    domain: str
    taken: set[str] = field(default_factory=set)
    row: Company | None = None


@dataclass
class _Part:
    new: NewPerson
    firm: _Firm | None
    stream: Stream


def begin(year: Year) -> None:
    """The ways on which people come without a campaign."""
    year.cast.setdefault("streams", []).extend(STREAMS)


def tell_arrivals(bite: Bite) -> None:
    """``cast["people"]`` in the order of their coming; by id ``known_at`` and ``stream``."""
    firms: list[_Firm] = []
    dice = bite.dice("people")
    parts = [_part(bite, at, firms, number=n, dice=dice) for n, at in enumerate(bite.arrivals)]
    rows = create_companies(new=[firm.new for firm in firms]) if firms else []
    for firm, row in zip(firms, rows, strict=True):
        firm.row = row
    people = list(_written(parts))
    bite.cast["people"] = people
    bite.cast["known_at"] = {
        person.pk: part.new["at"] for person, part in zip(people, parts, strict=True)
    }
    bite.cast["stream"] = {
        person.pk: part.stream for person, part in zip(people, parts, strict=True)
    }
    bite.keep(*rows, *people)


def _written(parts: list[_Part]) -> Iterator[Person]:
    """In their order; written by owner, since who has one was written down by that one."""
    by_owner: dict[User | None, list[int]] = defaultdict(list)
    for place, part in enumerate(parts):
        part.new["company"] = part.firm.row if part.firm else None
        by_owner[part.new.get("owner")].append(place)
    found: dict[int, Person] = {}
    for owner, places in by_owner.items():
        people = create_people(new=[parts[place].new for place in places], by=owner)
        found |= zip(places, people, strict=True)
    return (found[place] for place in range(len(parts)))


def _part(bite: Bite, at: datetime, firms: list[_Firm], *, number: int, dice: Random) -> _Part:
    ago = bite.year.calendar.days_ago(at)
    stream = choose_stream(bite.year.cast["streams"], days_ago=ago, dice=dice)
    is_cold = stream.warm_on(ago) < 0.5
    if stream.origin == Origin.SALES:
        at = bite.year.calendar.at_work(at, dice=dice)
    is_alone = dice.random() < (ALONE_COLD if is_cold else ALONE)
    firm = None if is_alone else _firm(bite, at, firms, dice=dice)
    region = firm.region if firm else dice.choices(REGIONS, WEIGHTS)[0]
    name = person_name(region, dice=dice)
    new: NewPerson = {
        "at": at,
        "origin": stream.origin,
        "full_name": name,
        "emails": [_address(name, firm, place=f"{bite.number}-{number}")],
        "phones": [],
        "job_title": _title(firm, dice=dice),
        "country": _home(firm, region, dice=dice),
        "language": "en",
        "channel": stream.channel,
        "campaign": stream.campaign,
        "landing_page": stream.landing_page,
        "said_source": stream.said,
        "owner": _finder(bite, stream, dice=dice),
    }
    prefix = PHONES.get(new["country"])
    if prefix and dice.random() < HAS_PHONE:
        new["phones"] = [f"{prefix} {dice.randint(1000, 9999)}"]
    return _Part(new, firm, stream)


def _firm(bite: Bite, at: datetime, firms: list[_Firm], *, dice: Random) -> _Firm:
    if firms and dice.random() < JOINS:
        return dice.choice(firms[-60:])
    number = bite.year.cast.setdefault("firm_count", 0)
    bite.year.cast["firm_count"] += 1
    trade = dice.choices(TRADES, TRADE_WEIGHTS)[0]
    region = dice.choices(REGIONS, WEIGHTS)[0]
    town, country = dice.choice(region.towns)
    name = company_name(number, trade)
    slug = slug_of(name).replace("-", "") if number < MANY else f"{slug_of(name)}-{number}"
    new: NewCompany = {
        "name": name,
        "at": at,
        "domains": [f"{slug.replace('&', '')}.example"],
        "industry": trade.industry,
        "employee_count": employees_of(trade, dice=dice),
        "city": town,
        "country": country,
    }
    firms.append(_Firm(new=new, region=region, domain=f"{slug.replace('&', '')}.example"))
    return firms[-1]


def _address(name: str, firm: _Firm | None, *, place: str) -> str:
    local = slug_of(name).replace("-", ".")
    if firm is None:
        return f"{local}.{place}@post.example"
    if local in firm.taken:
        local = f"{local}.{place}"
    firm.taken.add(local)
    return f"{local}@{firm.domain}"


def _title(firm: _Firm | None, *, dice: Random) -> str:
    if firm is None:
        return dice.choice(PRIVATE)
    return dice.choices(NAMES, HOW_OFTEN)[0] if dice.random() < HAS_TITLE else ""


def _home(firm: _Firm | None, region: Region, *, dice: Random) -> str:
    return firm.new["country"] if firm else dice.choice(region.towns)[1]


def _finder(bite: Bite, stream: Stream, *, dice: Random) -> User | None:
    """Whom sales found belongs to who found them; whom others sent, to who took the call."""
    if stream.origin == Origin.MARKETING:
        return None
    reps: list[User] = bite.year.cast["reps"]
    return dice.choice(reps)
