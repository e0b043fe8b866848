"""Invented values for the style guide."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django import forms
from django.utils import timezone

from baton.core.ui import charts, clock, formats
from baton.core.ui.cells import Column, Pencil
from baton.core.ui.lists import Empty, Listing, ListPage
from baton.core.ui.shapes import Board, BoardCard, BoardColumn, Step
from baton.core.ui.tables import Head, Row

HUES = ("gray", "blue", "teal", "green", "amber", "red", "pink", "violet")
NAMES = ("Jonas Weil", "Lena Fischer", "Nora Ellis", "Clara Moreau", "Emil Vogt", "Ben Okafor")
COMPANIES = ("Halden Foods", "Orbis Pharma", "Corvid Health", "Umber Bakery", "Isla Fruit")


class _Person(SimpleNamespace):
    def __str__(self) -> str:
        return str(self.name)


class SampleForm(forms.Form):
    name = forms.CharField(label="Name")
    email = forms.EmailField(label="Mail", help_text="We write to it once.")
    size = forms.ChoiceField(label="People", choices=[("s", "1 to 50"), ("m", "51 to 500")])
    wishes = forms.CharField(label="What should a colleague know?", widget=forms.Textarea)
    kind = forms.ChoiceField(
        label="Start with", choices=[("a", "Nothing"), ("b", "My data")], widget=forms.RadioSelect
    )
    letter = forms.BooleanField(label="Also send the monthly letter", required=False)


def components() -> dict[str, Any]:
    return {
        "hues": HUES,
        "names": NAMES,
        "at": timezone.now(),
        "earlier": timezone.now() - timedelta(days=1),
        "amount": Decimal("48000"),
        "faces": faces(),
        "form": SampleForm(),
        "wrong": SampleForm({"name": "", "email": "jonas at", "size": "s", "kind": "a"}),
        "steps": stages(),
        "steps_pass": [Step(name="Lead", state="done"), Step(name="SAL", state="current")],
    }


def faces() -> list[clock.Face]:
    hour = timedelta(hours=1)
    return [
        clock.running(left=timedelta(minutes=52), allowed=hour),
        clock.running(left=timedelta(minutes=12, seconds=24), allowed=hour),
        clock.running(left=-timedelta(minutes=18), allowed=hour),
        clock.paused(words="Starts Fri 09:00"),
        clock.stopped(words="Answered in 19 min", kept=True),
    ]


def stages() -> list[Step]:
    return [
        Step(name="Subscriber", note="21 Aug", state="done"),
        Step(name="Lead", note="2 Sep, checklist form", state="done"),
        Step(name="MQL", note="24 Sep, score 74", state="done"),
        Step(name="SAL", note="24 Sep, Mara in 19 min", state="done", is_pass=True),
        Step(name="SQL", note="since 28 Sep, 12 days", state="current"),
        Step(name="Opportunity"),
        Step(name="Customer"),
    ]


def drawn() -> dict[str, Any]:
    return {
        "funnel": _funnel(),
        "trend": _trend(),
        "bars": charts.bars(
            [
                charts.Bar(name="No fit", value=88, href="#no-fit"),
                charts.Bar(name="No need", value=70),
                charts.Bar(name="Bad timing", value=27, hue="amber"),
            ],
            sentence="“No fit” is the first reason, 88 of 185.",
            head="Reason",
        ),
        "spark": charts.sparkline([3, 5, 4, 6, 9, 8, 12]),
    }


def _funnel() -> charts.FunnelChart:
    return charts.funnel(
        [
            charts.FunnelStep(name="Lead", count=2778, href="#lead", change="+6 %"),
            charts.FunnelStep(
                name="MQL", count=1352, pace="6 days", notes=[("1,049 in nurture", "#nurture")]
            ),
            charts.FunnelStep(name="SAL", count=1014, pace="2 h", notes=[("338 rejected", "")]),
            charts.FunnelStep(name="SQL", count=607),
            charts.FunnelStep(name="Opportunity", count=297),
            charts.FunnelStep(name="Won", count=78),
        ],
        before=[2600, 1200, 860, 520, 260, 66],
        sentence="Of 2,778 leads 1,352 became MQL and 78 customers.",
    )


def _trend() -> charts.Chart:
    weeks = ("1 Sep", "8 Sep", "15 Sep", "22 Sep", "29 Sep", "6 Oct", "13 Oct", "20 Oct")
    return charts.trend(
        series=[
            charts.Series(name="Q3", values=[88, 92, 97, 90, 84, 80, 102, None]),
            charts.Series(name="Q2", values=[82, 90, 96, 93, 95, 88, 90, 94], css="old"),
        ],
        labels=weeks,
        goal=(99, "99 owed"),
        sentence="One of seven weeks was above the 99 that are owed.",
    )


def board() -> dict[str, Any]:
    columns = [
        BoardColumn(
            key=key,
            name=name,
            hue=hue,
            count=3,
            amount=Decimal(92_300),
            weighted=Decimal(23_075),
            currency="EUR",
            cards=[_card(key, place) for place in range(3)],
        )
        for key, name, hue in (
            ("new", "New", "gray"),
            ("qualified", "Qualified", "blue"),
            ("meeting", "Meeting", "teal"),
            ("proposal", "Proposal", "violet"),
        )
    ]
    return {"board": Board(label="Deals by stage", columns=columns)}


def _card(column: str, place: int) -> BoardCard:
    return BoardCard(
        key=f"{column}-{place}",
        title=COMPANIES[place],
        url="#card",
        move_url="/styleguide/?part=board",
        context=f"Renewal, {NAMES[place]}",
        move_label=f"Move {COMPANIES[place]}",
        amount=formats.money(Decimal(8_900 * (place + 1)), "EUR", short=True),
        badge="Overdue" if place == 1 else "",
        badge_hue="red",
        due="Fri 28",
        owner=f"Owner {NAMES[place + 1]}",
        owner_mark=formats.initials(NAMES[place + 1]),
        owner_hue=formats.hue_of(NAMES[place + 1]),
    )


def panel() -> dict[str, Any]:
    return {**board(), **components()}


def listed() -> dict[str, Any]:
    columns = (
        Column(name="name", label="Name", sort="name"),
        Column(name="company", label="Company", edit="company"),
        Column(name="stage", label="Lifecycle", kind="badge", on_phone=True),
        Column(name="score", label="Score", kind="score", sort="score", on_phone=True),
        Column(name="amount", label="Open", kind="money"),
        Column(name="at", label="When", kind="when", sort="at"),
        Column(name="owner", label="Owner", kind="owner", edit="owner"),
    )
    listing = Listing(
        name="people",
        columns=columns,
        order="-at",
        empty=Empty(text="Nobody yet."),
        actions="ui/styleguide/bulk.html",
    )
    rows = [_listed(columns, place) for place in range(18)]
    shown = ListPage(
        listing=listing,
        rows=rows,
        heads=[
            Head(c, "?" if c.sort else "", "descending" if c.name == "at" else "") for c in columns
        ],
        text="",
        total=2418,
        next_url="?after=1",
        previous_url="?before=1",
        kept=[],
    )
    return {"list": shown}


def _listed(columns: tuple[Column, ...], place: int) -> Row:
    person = _Person(
        key=place,
        name=NAMES[place % len(NAMES)],
        company=COMPANIES[place % len(COMPANIES)],
        stage=SimpleNamespace(name="MQL", hue="blue"),
        score=94 - place,
        amount=None if place % 3 else Decimal(12_500),
        currency="EUR",
        at=timezone.now() - timedelta(days=place / 2),
        owner="" if place % 5 == 4 else "Mara Boyd",
    )
    pencils = [
        Pencil(column, ("/edit/", f"/{column.edit}/"), lambda *_: True) if column.edit else None
        for column in columns
    ]
    leading = SimpleNamespace(
        url=lambda _person: "#person", second=lambda one: f"Quality manager, {one.company}"
    )
    return Row(person, leading, list(zip(columns, pencils, strict=True)))


def record() -> dict[str, Any]:
    return {"steps": stages(), "faces": faces()}


def desk() -> dict[str, Any]:
    return {"faces": faces(), "offers": list(zip(NAMES, COMPANIES, faces(), strict=False))}


def public() -> dict[str, Any]:
    return {"form": SampleForm()}


def nothing() -> dict[str, Any]:
    return {}


PARTS: dict[str, Callable[[], dict[str, Any]]] = {
    "components": components,
    "charts": drawn,
    "board": board,
    "panel": panel,
    "list": listed,
    "record": record,
    "desk": desk,
    "gate": nothing,
    "public": public,
}
