"""The list of people: its columns, groups and filters."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet, Subquery
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from baton.core.access.groups import by_any_owner
from baton.core.access.models import User
from baton.core.colleagues.interests import FOLLOWING, among_followed
from baton.core.fields.listed import own_parts
from baton.core.filters.listed import ListFilter
from baton.core.languages import language_name
from baton.core.offers import TimelineEntry, timeline_entries
from baton.core.ui.cells import CellEdits
from baton.core.ui.grouping import by_name
from baton.core.ui.lists import Column, Empty, Filter, Grouping, Listing, Words
from baton.core.ui.marks import icon, named, said
from baton.core.ui.spans import by_spans
from baton.records.people.models import Person, PersonQuerySet
from baton.records.people.permissions import (
    EDIT_PEOPLE,
)
from baton.records.people.queries import (
    campaigns_called,
    people_ids_matching,
    people_in_view,
    people_matching,
    people_matching_in_order,
)
from baton.records.people.views import taken
from baton.records.people.views.listed_beside import (
    ADDRESS,
    BY_GRADE,
    EMAIL,
    GRADE,
    PHONE,
    TAGS,
    Beside,
    by_stage,
    choice_column,
    spare,
)
from baton.records.people.views.loading import read_key
from baton.records.people.words import (
    BUYING_ROLES,
    SENIORITIES,
    channel_label,
    stage_badge,
    stages,
    touch_label,
)

TABS: Mapping[str, Promise] = {
    "": _("All"),
    "mine": _("Mine"),
    "handoff": _("MQL to SQL"),
    "quiet": _("No touch in 14 days"),
}
QUIET = timedelta(days=14)


def _touch(_value: Any, person: Person) -> str:
    """The latest touch, with the look of its kind."""
    if not person.latest_touch:
        return ""
    entry, sign = _look_of(person.latest_touch)
    drawn = icon(sign, is_small=True) if sign else ""
    hue, words = entry.hue if entry else "gray", said(touch_label(person.latest_touch))
    return SafeString(f'<span class="touch hue-{hue}">{drawn}{words}</span>')


def _look_of(touch: str) -> tuple[TimelineEntry | None, str]:
    """The kind of fact and its icon; what was logged has that of its sort."""
    if entry := timeline_entries.find(touch):
        return entry, entry.icon
    kind, _dot, sort = touch.rpartition(".")
    return timeline_entries.find(kind), sort if timeline_entries.find(kind) else ""


def _name_of_person(name: Any, person: Person) -> str:
    return named(person.full_name, person.get_absolute_url(), _work(person))


def _work(person: Person) -> str:
    company = person.company.name if person.company else ""
    return ", ".join(filter(None, [person.job_title, company]))


def people_asked(user: User, asked: Mapping[str, Any]) -> QuerySet[Person]:
    """Those of a tab, narrowed by the choices of the tool bar."""
    seen = Person.objects.visible_to(user)
    rows = people_in_view(seen, view_in(asked), user=user, quiet_since=timezone.now() - QUIET)
    rows = among_followed(_narrowed(rows, asked), asked, user=user, object_type="person")
    return rows.select_related("company", "owner")


def people_opened(user: User) -> QuerySet[Person]:
    """Those of the list as it opens."""
    return people_asked(user, {})


def people_found(count: int, said: str) -> str:
    """How many a filter finds."""
    return ngettext("%(n)s person matches", "%(n)s people match", count) % {"n": said}


def _prepare_people(people: list[Any]) -> None:
    Beside(people)
    names = campaigns_called(person.campaign for person in people)
    for person in people:
        person.campaign_name = names.get(person.campaign, "")


def _coded(name: str, label: Words, words: Mapping[str, Promise], *, empty: Words) -> Grouping:
    """By what is chosen of some words, and edited in place."""
    return Grouping(
        name=name,
        label=label,
        field=name,
        named=lambda values: words,
        empty=empty,
        choices=lambda: words,
        edit=name,
    )


PEOPLE = Listing(
    name="people",
    columns=(
        Column(name="name", label=_("Name"), sort="sort_key", draw=_name_of_person),
        Column(name="job_title", label=_("Job title"), edit="job_title"),
        Column(name="company", label=_("Company"), edit="company"),
        Column(
            name="stage",
            label=_("Lifecycle"),
            term="lifecycle",
            kind="badge",
            on_phone=True,
            value=lambda person: stage_badge(person.stage),
        ),
        Column(
            name="score",
            label=_("Score"),
            term="score",
            kind="score",
            sort="score",
            adds="score",
            on_phone=True,
        ),
        GRADE,
        Column(
            name="touch",
            label=_("Latest touch"),
            term="latest-touch",
            draw=_touch,
            plain=taken.plain_touch,
        ),
        Column(name="latest_touch_at", label=_("When"), kind="when", sort="latest_touch_at"),
        Column(name="owner", label=_("Owner"), term="owner", kind="owner", edit="owner"),
        Column(
            name="source",
            label=_("First source"),
            term="source",
            value=lambda person: person.campaign_name or channel_label(person.channel),
        ),
        Column(name="lead_at", label=_("Lead since"), kind="when", sort="lead_at"),
        Column(name="country", label=_("Country"), edit="country"),
        TAGS,
        EMAIL,
        PHONE,
        choice_column("seniority", _("Seniority"), SENIORITIES),
        choice_column("buying_role", _("Part in buying"), BUYING_ROLES),
        spare("language", _("Language"), value=lambda person: language_name(person.language)),
        spare("zone", _("Time zone")),
        ADDRESS,
        spare("linkedin", _("LinkedIn")),
        spare("x", "X"),
        spare("website", _("Website")),
    ),
    order="-latest_touch_at",
    search=people_matching,
    search_in_order=people_matching_in_order,
    search_ids=people_ids_matching,
    is_worded=True,
    prepare=_prepare_people,
    second=_work,
    actions="editing/bulk.html",
    empty=Empty(
        icon="people",
        text=_("People appear here as soon as a form is sent in or a list is imported."),
    ),
    filters=(
        Filter(name="view", label=_("View"), knows=TABS.__contains__, is_tab=True),
        Filter(name=FOLLOWING, label=_("I follow"), is_tab=True),
        Filter(name="stage", label=_("Lifecycle"), knows=lambda key: key in dict(stages())),
        Filter(name="owner", label=_("Owner"), knows=lambda key: _is_owner(key)),
        Filter(name="persona", label=_("Persona")),
    ),
    rows=people_asked,
    more=own_parts("person"),
    asks=ListFilter(object_type="person", found=people_found),
    groupings=(
        by_stage("person"),
        by_any_owner(),
        _coded("seniority", _("Seniority"), SENIORITIES, empty=_("No seniority")),
        _coded("buying_role", _("Part in buying"), BUYING_ROLES, empty=_("No part")),
        Grouping(
            name="persona",
            label=_("Persona"),
            field="persona",
            named=by_name,
            empty=_("No persona"),
            choices=tuple,
        ),
        Grouping(
            name="source",
            label=_("First source"),
            field="channel",
            named=lambda values: by_name({one: channel_label(one) for one in values}),
            empty=_("No source"),
            choices=tuple,
        ),
        BY_GRADE,
        *by_spans(Person, "lead_at", _("Lead since")),
        *by_spans(Person, "created_at", _("Added")),
    ),
    more_columns=taken.OF_PERSON,
    prepare_more=taken.prepare_people,
    edits=CellEdits(
        url_name="people:edit-person",
        among=lambda user: Person.objects.visible_to(user, EDIT_PEOPLE),
    ),
)


def view_in(asked: Mapping[str, Any]) -> str:
    return asked["view"] if asked.get("view") in TABS else ""


def _narrowed(rows: PersonQuerySet, asked: Mapping[str, Any]) -> PersonQuerySet:
    """By the choices of the tool bar; what is no choice narrows nothing."""
    if asked.get("stage") in dict(stages()):
        rows = rows.filter(stage=asked["stage"])
    if asked.get("persona"):
        rows = rows.filter(persona=asked["persona"][:80])
    if asked.get("owner") == "nobody":
        return rows.filter(owner=None)
    owner = read_key(asked.get("owner", ""))
    # Not by a join: it would come first, and sort all that somebody owns.
    return (
        rows.filter(owner=Subquery(User.objects.filter(key=owner).values("pk"))) if owner else rows
    )


def _is_owner(asked: str) -> bool:
    return asked == "nobody" or read_key(asked) is not None
