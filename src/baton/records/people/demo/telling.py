"""How the story's companies and people come into Baton, by the same actions as real ones."""

import unicodedata
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, cast

from baton.core.access.models import User
from baton.core.demo.slots import Story
from baton.records.people.actions import (
    NewCompany,
    NewPerson,
    create_companies,
    create_people,
    record_consent,
)
from baton.records.people.demo.cast import SOURCES, Part, companies, parts
from baton.records.people.models import Company, Consent, Person, Tag

PHONES = {"Germany": "+49 30 5550", "Sweden": "+46 8 5550", "Netherlands": "+31 20 5550"}
OLDEST = timedelta(days=170)
TAGS = {"fair": "Meter Days", "webinar": "ISO webinar", "customer": "Recommended"}  # by source
TITLES = {  # what a title tells: how high, and which part in buying
    "chief": ("c_level", "decision_maker"),
    "ceo": ("c_level", "decision_maker"),
    "cfo": ("c_level", "decision_maker"),
    "head": ("director", "decision_maker"),
    "director": ("director", "decision_maker"),
    "buyer": ("manager", "procurement"),
    "purchas": ("manager", "procurement"),
    "manager": ("manager", "champion"),
    "engineer": ("senior", "evaluator"),
    "analyst": ("senior", "influencer"),
}
TERRITORIES = dict.fromkeys(("Sweden", "Norway", "Denmark", "Finland"), "Nordics") | dict.fromkeys(
    ("Germany", "Austria", "Switzerland"), "DACH"
)
KEY, LARGE = "Key account", 800  # employees
SPELLED = str.maketrans({"ø": "o", "Ø": "O", "æ": "ae", "ß": "ss", "ł": "l", "Ł": "L", "đ": "d"})
ASKED = 0.7  # of those whom marketing won said yes to the letter


def tell_companies(story: Story) -> None:
    """Twenty companies; ``cast["companies"]`` has them by name."""
    new: list[NewCompany] = [
        {
            "name": name,
            "at": story.at - OLDEST,
            "domains": [f"{slug_of(name)}.example"],
            "industry": industry,
            "employee_count": int(employees),
            "city": city,
            "country": country,
            **cast(NewCompany, _reached(name, country)),
            "tags": [KEY] if int(employees) >= LARGE else [],
        }
        for name, industry, employees, city, country in companies()
    ]
    told = create_companies(new=new)
    story.cast["companies"] = {company.name: company for company in told}
    story.keep(*told, *Tag.objects.filter(name=KEY))


def tell_people(story: Story) -> None:
    """Sixty people; ``cast["people"]`` has them by slug, like "jonas-weil", oldest first.

    ``cast["known_at"]`` says by id since when.
    """
    new: list[NewPerson] = []
    asked: list[NewPerson] = []
    for part in sorted(parts(), key=lambda part: -part.days_ago):
        new.append(_new(story, part, at=_working_time(story, days_ago=part.days_ago)))
        if new[-1]["origin"] == "marketing" and story.dice.random() < ASKED:
            asked.append(new[-1])
    told: list[Person] = []
    for owner, theirs in groupby(new, key=lambda one: one.get("owner")):
        told += create_people(new=list(theirs), by=owner)
    story.cast["people"] = {slug_of(person.full_name): person for person in told}
    story.cast["known_at"] = {person.pk: one["at"] for person, one in zip(told, new, strict=True)}
    tags = Tag.objects.filter(name__in=TAGS.values())
    story.keep(*map(_allow_letter, asked), *told, *tags)


def slug_of(name: str) -> str:
    """ "Clara Moreau" is "clara-moreau", without accents."""
    spelled = name.translate(SPELLED)
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    return "-".join(plain.lower().split())


def _new(story: Story, part: Part, *, at: datetime) -> NewPerson:
    company: Company | None = story.cast["companies"].get(part.company)
    owners: dict[str, User] = story.cast.get("users", {})
    source = SOURCES[part.source]
    country = company.country if company else "Germany"
    number = PHONES.get(country)
    return {
        "at": at,
        "origin": source.origin,
        "full_name": part.name,
        "emails": [address_of(part)],
        "phones": [f"{number} {story.dice.randint(1000, 9999)}"] if number else [],
        "job_title": part.job_title,
        "company": company,
        "owner": owners.get(part.owner),
        "country": country,
        "language": "en",
        "channel": source.channel,
        "campaign": source.campaign,
        "landing_page": source.landing_page,
        "said_source": source.said,
        **cast(NewPerson, _profile(part)),
        "tags": [TAGS[part.source]] if part.source in TAGS else [],
        "addresses": [_desk_at(company)] if company and part.source in TAGS else [],
    }


def _desk_at(company: Company) -> dict[str, str]:
    """Where paper reaches those who were met or recommended."""
    return {"kind": "work", "city": company.city, "country": company.country}


def _profile(part: Part) -> dict[str, Any]:
    """What a title tells of its bearer."""
    title, slug = part.job_title.casefold(), slug_of(part.name)
    found = {"linkedin": f"linkedin.com/in/{slug}" if part.company else ""}
    for word, (seniority, role) in TITLES.items():
        if word in title:
            return {**found, "seniority": seniority, "buying_role": role}
    return found


def _reached(name: str, country: str) -> dict[str, Any]:
    """Where a company is reached."""
    number = PHONES.get(country)
    return {
        "website": f"{slug_of(name)}.example",
        "linkedin": f"linkedin.com/company/{slug_of(name)}",
        "phone": f"{number} 00" if number else "",
        "territory": TERRITORIES.get(country, "South"),
    }


def address_of(part: Part) -> str:
    """Where the story's people read their mail: at domains that nobody can own."""
    domain = f"{slug_of(part.company)}.example" if part.company else "campus.example"
    return f"{slug_of(part.name).replace('-', '.')}@{domain}"


def _allow_letter(new: NewPerson) -> Consent:
    [email] = new["emails"]
    return record_consent(
        email=email,
        purpose="newsletter",
        is_given=True,
        basis="consent",
        source="Form on the site",
        wording="Yes, send me the monthly letter.",
        at=new["at"],
    )


def _working_time(story: Story, *, days_ago: int) -> datetime:
    """Some time of a working day, that many days ago or a weekend earlier."""
    day = story.at - timedelta(days=days_ago)
    while day.weekday() > 4:
        day -= timedelta(days=1)
    minutes = story.dice.randint(7 * 60, 16 * 60)
    return day.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(minutes=minutes)
