"""Where many people came from, put in by hand: reports by source count nobody without one."""

from collections.abc import Collection

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from baton.core.changes.queries import count_changed
from baton.core.editing.slots import BulkAct, Doing
from baton.core.ui.formats import grouped
from baton.marketing.capture.wording import CHANNELS, channel_words
from baton.records.people import actions as people
from baton.records.people.models import Person
from baton.records.people.permissions import EDIT_PEOPLE


def _choice() -> forms.Field:
    choices = [(code, channel_words(code)) for code in CHANNELS if code]
    return forms.ChoiceField(label=gettext_lazy("Source"), choices=choices)


def _set_source(ids: Collection[int], channel: str, doing: Doing) -> int:
    for person in Person.objects.filter(pk__in=ids).order_by("pk"):
        people.edit_person(person=person, values={"channel": channel}, version=None, **vars(doing))
    return count_changed(doing.batch, object_type="person", ids=ids)


def _counted(count: int) -> str:
    return ngettext("%(n)s person", "%(n)s people", count) % {"n": grouped(count)}


def _done(counted: str, channel: str) -> str:
    words = _("%(rows)s came by %(source)s now.")
    return words % {"rows": counted, "source": channel_words(channel)}


SET_SOURCE = BulkAct(
    on="people",
    name="source",
    label=gettext_lazy("Set source"),
    icon="traffic",
    permission=EDIT_PEOPLE,
    reach=lambda user: Person.objects.visible_to(user, EDIT_PEOPLE),
    control=lambda user: _choice(),
    act=_set_source,
    counted=_counted,
    done=_done,
    order=15,
)
