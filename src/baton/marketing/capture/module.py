"""What pages and forms plug into core: undo, the sidebar, how their facts look on a timeline."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from baton.core.changes.slots import tracked
from baton.core.editing.slots import bulk_acts
from baton.core.fields.slots import FieldUse, field_uses
from baton.core.home.slots import home_blocks
from baton.core.offers import ArchivePart, TimelineEntry, archive_parts, timeline_entries
from baton.core.saved.slots import SavedList, saved_lists
from baton.core.ui.slots import Group, NavigationItem, navigation
from baton.marketing.capture.actions import tracked_as
from baton.marketing.capture.bulk import SET_SOURCE
from baton.marketing.capture.events import FormSubmitted, VisitMade
from baton.marketing.capture.models import Form, Page, Submission, Visit, Visitor
from baton.marketing.capture.permissions import VIEW_PAGES
from baton.marketing.capture.queries import channel_words, tell_submissions
from baton.marketing.capture.queries.asking import forms_that_ask
from baton.marketing.capture.queries.visits import paths_read
from baton.marketing.capture.views.home import BLOCKS
from baton.marketing.capture.views.lists import FORMS, PAGES
from baton.records.material.slots import read_paths
from baton.records.people.actions import person_rows
from baton.records.people.slots import person_carriers

read_paths.add(paths_read)
bulk_acts.add(SET_SOURCE)
field_uses.add(FieldUse(name="forms", named=forms_that_ask))
tracked.add(tracked_as(Page, label="Page"))
tracked.add(tracked_as(Form, label="Form"))
for block in BLOCKS:
    home_blocks.add(block)
navigation.add(
    NavigationItem(
        group=Group.MARKETING,
        label=gettext_lazy("Pages and forms"),
        url_name="capture:pages",
        icon="page",
        permission=VIEW_PAGES.name,
        position=40,
        key="g f",
    )
)
saved_lists.add(
    SavedList(
        name=PAGES.name,
        label=gettext_lazy("Pages"),
        url_name="capture:pages",
        icon="page",
        permission=VIEW_PAGES.name,
        listing=lambda: PAGES,
    )
)
saved_lists.add(
    SavedList(
        name=FORMS.name,
        label=gettext_lazy("Forms"),
        url_name="capture:forms",
        icon="form",
        permission=VIEW_PAGES.name,
        listing=lambda: FORMS,
    )
)


def _visit_title(fact: VisitMade) -> str:
    count = len(fact.pages)
    words = ngettext("Looked at one page", "Looked at %(count)d pages", count)
    return words % {"count": count} if fact.pages else _("Visited")


def _came_by(channel: str, campaign: str) -> str:
    return " · ".join(filter(None, [channel_words(channel) if channel else "", campaign]))


def _visit_detail(fact: VisitMade) -> str:
    why = _("not counted: our own") if fact.machine else ""
    came = _came_by(fact.channel, fact.campaign)
    return " · ".join(filter(None, [came, ", ".join(fact.pages), why]))


timeline_entries.add(
    TimelineEntry(
        fact=FormSubmitted,
        icon="form",
        hue="blue",
        title=lambda fact: _("Sent “%(form)s”") % {"form": fact.form_name},
        detail=lambda fact: fact.page,
        tell_many=tell_submissions,
    )
)
timeline_entries.add(
    TimelineEntry(
        fact=VisitMade, icon="visit", hue="blue", title=_visit_title, detail=_visit_detail
    )
)
for model in (Visitor, Visit, Submission):
    person_carriers.add(person_rows(model))
archive_parts.add(
    ArchivePart(
        app="capture",
        left_out={"Bucket": "how often strangers asked in this minute"},
    )
)
