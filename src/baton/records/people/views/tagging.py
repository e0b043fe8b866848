"""The control in which tags are put on and taken off: a tick for each, a line for more."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.editing.fields import RecordField
from baton.core.ui.marks import said
from baton.records.people.actions import NoTag
from baton.records.people.actions.tags import clean_tags
from baton.records.people.models import Company, Person
from baton.records.people.queries import tag_names, tags_of
from baton.records.people.rules import split_tags

PARTED = _("Commas part them.")


def offered(list_id: str) -> str:
    """What is suggested while somebody types."""
    options = "".join(f'<option value="{said(name)}"></option>' for name in tag_names())
    return f'<datalist id="{list_id}">{options}</datalist>'


class TagLine(forms.TextInput):
    """One line for tags, with suggestions; ``brings`` them along, or finds them on the page."""

    def __init__(self, *, list_id: str, brings: bool = True) -> None:
        super().__init__(
            attrs={
                "class": "control",
                "list": list_id,
                "autocomplete": "off",
                "placeholder": _("Tag"),
            }
        )
        self.list_id, self.brings = list_id, brings

    def render(self, *args: Any, **rest: Any) -> SafeString:
        drawn = super().render(*args, **rest)
        return SafeString(f"{drawn}{offered(self.list_id)}") if self.brings else drawn


class TagTicks(forms.Widget):
    """Those that are there, each to be unticked, and a line for new ones."""

    def value_from_datadict(self, data: Any, _files: Any, name: str) -> str:
        texts = data.getlist(name) if hasattr(data, "getlist") else [data.get(name, "")]
        return "\n".join(filter(None, (text.strip() for text in texts)))

    def render(
        self, name: str, value: Any, attrs: Mapping[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        line = TagLine(list_id="tags-known").render(name, "", attrs=attrs, renderer=renderer)
        ticks = "".join(
            f'<label class="tag"><input type="checkbox" name="{said(name)}" value="{said(tag)}" '
            f"checked>{said(tag)}</label>"
            for tag in split_tags(value or "")
        )
        return SafeString(f'<span class="tag-ticks">{ticks}{line}</span>')


class TagsField(forms.CharField):
    """A refusal of the tags' own rule comes with the action, in its words."""

    def clean(self, value: Any) -> str:
        names = clean_tags(split_tags(super().clean(value)))
        if not names:
            raise NoTag(str(_("Write a tag.")))
        return ", ".join(names)


def tag_line(*, brings: bool) -> Callable[[User], forms.Field]:
    """For what is done to many: some tags, typed."""
    return lambda user: TagsField(
        label=_("Tag"), required=False, widget=TagLine(list_id="tags-for-many", brings=brings)
    )


def tags_field(kind: type[Person] | type[Company]) -> RecordField:
    """All tags of a person or a company."""
    return RecordField(
        name="tags",
        label=_("Tags"),
        control=lambda record, user: forms.CharField(
            required=False, widget=TagTicks(), help_text=PARTED
        ),
        text_of=lambda record: "\n".join(tags_of(kind, [record.pk])[record.pk]),
        value_of=lambda typed, asking: split_tags(typed),
        template="people/tags.html",
    )


def drawn_tags(names: Any, _row: Any) -> SafeString:
    """Beside each other, as a cell shows them."""
    return SafeString(" ".join(f'<span class="tag">{said(name)}</span>' for name in names or ()))
