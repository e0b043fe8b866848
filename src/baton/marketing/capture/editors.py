"""What marketers type into the editors of pages and forms."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baton.core.fields.rules import OWN
from baton.marketing.capture.models import Form
from baton.marketing.capture.rules.blocks import ASKED, Block, BlockKind
from baton.marketing.capture.rules.fields import FieldKind, Fills, FormField
from baton.marketing.capture.wording import BLOCK_KINDS, FIELD_KINDS, FILLS

Label = Any  # str or a translation that waits
OUT_OF_SIGHT = _("A field that is deleted or hidden from you")


class NewPageForm(forms.Form):
    """A page begins with its title."""

    title = forms.CharField(label=_("Title"), max_length=160)
    description = forms.CharField(
        label=_("Introduction"),
        max_length=250,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One or two sentences below the title; search engines show them, too."),
    )
    form = forms.ModelChoiceField(
        label=_("Form"),
        queryset=Form.objects.living().order_by("sort_key"),
        to_field_name="key",
        required=False,
        empty_label=_("None"),
    )


class PageForm(NewPageForm):
    """All but the blocks; ``version`` tells when somebody else was faster."""

    slug = forms.CharField(
        label=_("Address"), max_length=80, help_text=_("The part after /p/, like energy-guide")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ("title", "slug", "description", "form")


class _FormTexts(forms.Form):
    """What colleagues and senders read."""

    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("What colleagues read, like Guide download")
    )
    button = forms.CharField(label=_("Button"), max_length=60, initial=_("Send"))
    thanks = forms.CharField(
        label=_("After sending"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        initial=_("Thank you. We have it."),
    )
    note = forms.CharField(
        label=_("Small print"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    consent_wording = forms.CharField(
        label=_("Newsletter wording"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What ticking the newsletter box agrees to; it is kept with each consent."),
    )


class NewFormForm(_FormTexts):
    """A form begins with its name and what happens after it; its code stays."""

    field_order = ("name", "code")
    code = forms.CharField(
        label=_("Code"),
        max_length=60,
        required=False,
        help_text=_("What the agreement names, like guide-download; made of the name when empty"),
    )


class FormForm(_FormTexts):
    """Of a form that is there: its code is fixed, since agreement and score name it."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class BlockForm(forms.Form):
    """The texts of one block."""

    def __init__(self, kind: BlockKind, data: Any = None, **rest: Any) -> None:
        super().__init__(data, **rest)
        for name, most in ASKED[kind].items():
            widget = forms.Textarea(attrs={"rows": 4}) if most > 300 else forms.TextInput()
            self.fields[name] = forms.CharField(
                label=_TEXTS.get((kind, name)) or _USUAL[name],
                max_length=most,
                required=False,
                widget=widget,
                help_text=_HELP.get((kind, name), ""),
            )


def block_form(block: Block, data: Any = None) -> BlockForm:
    """The block's texts as a form, each block's inputs under ids of their own."""
    return BlockForm(block.kind, data, initial=dict(block.texts), auto_id=f"{block.id}_%s")


class AddBlockForm(forms.Form):
    """Which kind of block comes next."""

    kind = forms.ChoiceField(label=_("Add"), choices=list(BLOCK_KINDS.items()))


_KINDS = [(kind.value, label) for kind, label in FIELD_KINDS.items() if kind is not FieldKind.OWN]


class FieldForm(forms.Form):
    """One question; ``own`` are the own fields that it may ask for, by code."""

    def __init__(self, *args: Any, own: Mapping[str, str], **rest: Any) -> None:
        super().__init__(*args, **rest)
        if own:
            offered = [(OWN + code, label) for code, label in own.items()]
            kinds = [*_KINDS, (_("Own fields of people"), offered)]
            self.fields["kind"] = forms.ChoiceField(label=_("Kind"), choices=kinds)

    label = forms.CharField(label=_("Question"), max_length=160)
    kind = forms.ChoiceField(label=_("Kind"), choices=_KINDS)
    fills = forms.ChoiceField(
        label=_("Fills on the person"), choices=list(FILLS.items()), required=False
    )
    help = forms.CharField(label=_("Help below it"), max_length=200, required=False)
    choices = forms.CharField(
        label=_("Choices"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line; for the kind Choice"),
    )
    is_required = forms.BooleanField(label=_("Must be answered"), required=False)

    def as_field(self, *, code: str = "") -> FormField:
        """The question as the rules know it."""
        typed = self.cleaned_data
        if typed["kind"].startswith(OWN):
            return FormField(
                code=code,
                kind=FieldKind.OWN,
                own=typed["kind"].removeprefix(OWN),
                label=typed["label"],
                is_required=typed["is_required"],
                help=typed["help"],
            )
        lines = [line.strip()[:200] for line in typed["choices"].splitlines()]
        return FormField(
            code=code,
            kind=FieldKind(typed["kind"]),
            label=typed["label"],
            is_required=typed["is_required"],
            help=typed["help"],
            choices=tuple(dict.fromkeys(line for line in lines if line)),
            fills=Fills(typed["fills"]),
        )


def field_form(field: FormField, data: Any = None, *, own: Mapping[str, str]) -> FieldForm:
    """The question as a form, each one's inputs under ids of their own. An own field that it asks
    for stays, whether it is offered or not."""
    initial = field.plain() | {"choices": "\n".join(field.choices)}
    if field.own:
        initial["kind"] = OWN + field.own
        own = {field.own: str(OUT_OF_SIGHT), **own}
    return FieldForm(data, initial=initial, auto_id=f"{field.code}_%s", own=own)


_USUAL: Mapping[str, Label] = {
    "text": _("Text"),
    "title": _("Title"),
    "items": _("Lines"),
    "by": _("Who says so"),
    "values": _("Figures"),
    "marked": _("Marked bars"),
    "ticks": _("Below the bars"),
    "say": _("What is marked"),
}
_TEXTS: Mapping[tuple[BlockKind, str], Label] = {
    (BlockKind.CHART, "text"): _("What it shows"),
    (BlockKind.FIGURES, "items"): _("Figures"),
}
_HELP: Mapping[tuple[BlockKind, str], Label] = {
    (BlockKind.TEXT, "text"): _("An empty line begins a new paragraph."),
    (BlockKind.CHART, "values"): _("One figure a bar, parted by spaces, like 36 34 33"),
    (BlockKind.CHART, "marked"): _("Counted from one, like 1-6, 19-24"),
    (BlockKind.CHART, "ticks"): _("Parted by bars, like 0 h | 6 | 12 | 18 | 24"),
    (BlockKind.FIGURES, "items"): _("A line each: figure | what it says | how we know"),
    (BlockKind.LIST, "items"): _("A line each; with a number before it: 4 | Read a load curve"),
    (BlockKind.LINKS, "items"): _("A line each: words | address of a page, or https://…"),
    (BlockKind.FORM, "title"): _("Above the form; empty shows the form's name."),
}
