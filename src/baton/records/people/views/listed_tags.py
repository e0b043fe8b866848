"""The column of tags, in both lists."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from baton.core.ui.lists import Column
from baton.records.people.models import Company, Person
from baton.records.people.queries import (
    tags_of,
)
from baton.records.people.views.tagging import drawn_tags

TAGS = Column(
    name="tags",
    label=_("Tags"),
    value=lambda row: row.tag_names,
    draw=drawn_tags,
    edit="tags",
)


def name_tags(kind: type[Person] | type[Company], rows: list[Any]) -> None:
    tags = tags_of(kind, [row.pk for row in rows])
    for row in rows:
        row.tag_names = tags[row.pk]
