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
CAST = {
    "ines": ("Ines Duarte", Role.HEAD_OF_MARKETING, "Marketing"),
    "mara": ("Mara Boyd", Role.MARKETER, "Marketing"),
    "nora": ("Nora Ellis", Role.SALES_MANAGER, "Sales north"),
    "teo": ("Teo Nilsson", Role.REP, "Sales north"),
    "ravi": ("Ravi Patel", Role.REP, "Sales north"),
    "sam": ("Sam Okoye", Role.REP, "Sales south"),
    "olga": ("Olga Brandt", Role.OWNER, ""),
}


def tell_company(story: Story) -> None:
    """Company, teams and users; who leads a team sees its records."""
    if not Organisation.objects.filter(pk=1).exists():
        organisation = set_up_organisation(name="Fennmark", zone="Europe/Berlin", is_demo=True)
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
    transaction.on_commit(partial(_note_logins, password))


def _note_logins(password: str) -> None:
    """In the data folder, for ``baton up`` to print: the demo has no fixed password."""
    note = _note()
    note.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    lines = [
        f"  {first}@{DOMAIN:20} {name}, {team or 'everything'}"
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
