"""The cast of the demo: the company Fennmark, its two teams, and their logins."""

import os
import secrets
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction

from baton.core.access.actions import create_team, create_user
from baton.core.access.models import User
from baton.core.access.roles import Role
from baton.core.demo.slots import Chapter, Story, chapters
from baton.core.settings.actions import set_up_organisation
from baton.core.settings.models import Brand, Organisation

DOMAIN = "fennmark.example"
PRICES = "/p/pricing"
CAST = {
    "ines": ("Ines Duarte", Role.HEAD_OF_MARKETING, "Marketing"),
    "mara": ("Mara Boyd", Role.MARKETER, "Marketing"),
    "nora": ("Nora Ellis", Role.SALES_MANAGER, "Sales north"),
    "teo": ("Teo Nilsson", Role.REP, "Sales north"),
    "ravi": ("Ravi Patel", Role.REP, "Sales north"),
    "sam": ("Sam Okoye", Role.REP, "Sales south"),
    "cora": ("Cora Lindt", Role.CUSTOMER_OWNER, "Sales north"),
    "olga": ("Olga Brandt", Role.OWNER, ""),
}


# Whom a larger year needs beside them: a rep answers some 300 leads in a year. A team has one head.
PEOPLE_A_REP, SQUAD = 1330, 6
_FIRST = "Alva Bram Cleo Dries Edda Finn Gaia Hugo Ilva Joris Kira Levi Mina Nuno Orla Pim"
_LAST = "Ackers Brandes Cornelis Dahlberg Evert Fontein Grabner Holmgren Ivarsen Jansma Keller"
FIRST, LAST = _FIRST.split(), _LAST.split()
_PLACES = "east west coast lakes hills valley border islands harbour plains ridge delta"
PLACES = _PLACES.split()


def tell_company(story: Story) -> None:
    """Company, teams and users; who leads a team sees its records."""
    if not Organisation.objects.filter(pk=1).exists():
        organisation = set_up_organisation(
            name="Fennmark", zone="Europe/Berlin", price_pages=[PRICES], is_demo=True
        )
        story.keep(organisation, *Brand.objects.filter(is_default=True))
    password = secrets.token_urlsafe(9)
    users: dict[str, User] = {}
    for first, (name, role, team_name) in CAST.items():
        team = create_team(name=team_name) if team_name else None
        if team:
            story.keep(team)
        users[first] = create_user(
            name=name, role=role, email=f"{first}@{DOMAIN}", password=password, team=team
        )
    story.keep(*users.values())
    for team_name, head in {
        "Marketing": "ines",
        "Sales north": "nora",
        "Sales south": "nora",
    }.items():
        team = create_team(name=team_name)
        team.manager = users[head]
        team.save(update_fields=["manager"])
    story.cast["users"] = users
    story.cast["reps"] = [users[name] for name in ("teo", "ravi", "sam")]
    story.cast["reps"] += _more_reps(story, head=users["nora"])
    transaction.on_commit(partial(_note_logins, password))


def _more_reps(story: Story, *, head: User) -> list[User]:
    """Nobody could answer the leads of a hundred thousand alone. They are not played: no login."""
    wanted = round(story.people / PEOPLE_A_REP) - len(story.cast["reps"])
    names = [f"{first} {last}" for last in LAST for first in FIRST]
    reps: list[User] = []
    for first in range(0, wanted, SQUAD):
        number, place = divmod(first // SQUAD, len(PLACES))
        name = f"Sales {PLACES[place]}" + (f" {number + 1}" if number else "")
        team = create_team(name=name, manager=head)
        story.keep(team)
        for place in range(first, min(first + SQUAD, wanted)):
            again, place = divmod(place, len(names))
            name = names[place] + (f" {'I' * (again + 1)}" if again else "")
            reps.append(create_user(name=name, role=Role.REP, team=team))
    story.keep(*reps)
    return reps


def _note_logins(password: str) -> None:
    """In the data folder, for ``baton up`` to print: the demo has no fixed password."""
    note = _note()
    note.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    longest = max(map(len, CAST))
    lines = [
        f"  {f'{first}@{DOMAIN}':{longest + len(DOMAIN) + 3}}{name}, {team or 'everything'}"
        for first, (name, _, team) in CAST.items()
    ]
    handle = os.open(note, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(
            "\n".join(["Sign in as (the password of all is " + password + ")", *lines]) + "\n"
        )


def _forget_logins() -> None:
    _note().unlink(missing_ok=True)


def _note() -> Path:
    return Path(settings.HOME / "keys" / "demo-logins")


chapters.add(Chapter("company", 10, tell_company, clear=_forget_logins, ground=(Brand,)))
