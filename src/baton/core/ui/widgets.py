"""The controls of forms, drawn as Django draws them, without its templates: a choice of eighty
owners stands on each list, and each of its options was a template with another in it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import ChoiceField, DateField, DateInput
from django.forms.models import ModelChoiceField, ModelChoiceIterator
from django.forms.renderers import DjangoTemplates
from django.utils.formats import localize
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from baton.core.ui.marks import said

Widget = Mapping[str, Any]


class Drawn(DjangoTemplates):
    """The setting FORM_RENDERER: what is not drawn here is left to the templates."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        draw = DRAWN.get(template_name)
        return draw(context["widget"]) if draw else super().render(template_name, context, request)


class Named(ModelChoiceIterator):  # type: ignore[type-arg]  # Django takes none
    """What is shown to choose from, by a question that is kept; else the field's own rows."""

    field: Any

    def __init__(self, field: Any) -> None:
        self.field = field  # Django's would ask for the rows already

    @property
    def queryset(self) -> Any:  # type: ignore[override] # nobody sets another
        return self.field.queryset

    def __iter__(self) -> Iterator[tuple[Any, str]]:
        if self.field.empty_label is not None:
            yield "", str(self.field.empty_label)
        for one in self.field.shown() if self.field.shown else self.queryset:
            yield self.choice(one)


class DayField(DateField):
    """A day of our time: the year 20026 is a slip of the finger."""

    widget = DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def clean(self, value: Any) -> date | None:
        """Raises ValidationError for years outside 1970 to 2199."""
        day: date | None = super().clean(value)
        if day is not None and not 1970 <= day.year < 2200:
            raise ValidationError(_("Enter a day like 2026-03-01."))
        return day


class KeptChoiceField(ModelChoiceField[Any]):
    """A choice that stands on pages which seldom send it: ``shown`` brings what is chosen from,
    ``among`` makes the rows that a sent one is looked up in, when it was sent."""

    iterator = Named
    _queryset: Any

    def __init__(
        self,
        *,
        among: Callable[[], QuerySet[Any]],
        shown: Callable[[], Iterable[Any]],
        **rest: Any,
    ) -> None:
        self.among = among
        self.shown: Callable[[], Iterable[Any]] | None = shown
        super().__init__(queryset=None, **rest)

    def __deepcopy__(self, memo: dict[int, Any]) -> "KeptChoiceField":
        """That of a form, from the one that its class declares: its rows are made when they are
        asked for; Django's would make them, and show them, for each form."""
        copied: KeptChoiceField = super(ChoiceField, self).__deepcopy__(memo)
        copied.queryset = self._queryset
        return copied

    @property
    def queryset(self) -> QuerySet[Any]:
        if self._queryset is None:
            self._queryset = self.among()
        rows: QuerySet[Any] = self._queryset
        return rows

    @queryset.setter
    def queryset(self, rows: QuerySet[Any] | None) -> None:
        if rows is not None:
            self.shown = None
        super()._set_queryset(rows)  # type: ignore[misc] # the stubs do not know it


def _attributes(widget: Widget) -> str:
    parts = []
    for name, value in widget["attrs"].items():
        if value is True:
            parts.append(f" {said(name)}")
        elif value is not False:
            parts.append(f' {said(name)}="{said(value)}"')
    return "".join(parts)


def _input(widget: Widget) -> SafeString:
    value = "" if widget["value"] is None else f' value="{said(widget["value"])}"'
    what = f'<input type="{said(widget["type"])}" name="{said(widget["name"])}"'
    return SafeString(f"{what}{value}{_attributes(widget)}>")


def _text_area(widget: Widget) -> SafeString:
    value = said(widget["value"]) if widget["value"] else ""
    name = said(widget["name"])
    return SafeString(f'<textarea name="{name}"{_attributes(widget)}>\n{value}</textarea>')


def _select(widget: Widget) -> SafeString:
    parts = [f'<select name="{said(widget["name"])}"{_attributes(widget)}>']
    for group, options, _index in widget["optgroups"]:
        parts += [f'\n  <optgroup label="{said(group)}">'] if group else []
        parts += [f"\n  {_option(option)}" for option in options]
        parts += ["\n  </optgroup>"] if group else []
    return SafeString("".join([*parts, "\n</select>"]))


def _option(option: Widget) -> str:
    value, label = said(str(option["value"])), said(localize(option["label"]))
    return f'<option value="{value}"{_attributes(option)}>{label}</option>'


_INPUTS = ("checkbox", "date", "datetime", "email", "hidden", "input", "number", "password", "text")
DRAWN: Mapping[str, Callable[[Widget], SafeString]] = {
    **{f"django/forms/widgets/{name}.html": _input for name in (*_INPUTS, "time", "url")},
    "django/forms/widgets/select.html": _select,
    "django/forms/widgets/textarea.html": _text_area,
}
