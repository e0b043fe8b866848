"""Material as it is typed."""

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.languages import languages
from baton.records.audience.actions import personas_of
from baton.records.audience.models import Persona
from baton.records.audience.queries import in_order
from baton.records.material.models import Material
from baton.records.material.queries import stages
from baton.records.purchases.models import Product

NAMES = (
    *("title", "sentence", "link", "stage", "objection", "competitor"),
    *("product", "language", "owner", "valid_until"),
)


class MaterialForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=160)
    sentence = forms.CharField(
        label=_("Approved sentence"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What a mail says of it, ready to be sent."),
    )
    link = forms.CharField(
        label=_("Link"),
        max_length=500,
        required=False,
        help_text=_("Or keep a file on its page once it is saved."),
    )
    stage = forms.ChoiceField(label=_("Stage of the buyer"), required=False)
    personas = forms.ModelMultipleChoiceField(
        queryset=Persona.objects.none(),
        to_field_name="key",
        label=_("For"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing ticked: for everybody."),
    )
    objection = forms.CharField(
        label=_("Objection that it answers"),
        max_length=250,
        required=False,
        help_text=_("In the buyer's words, as reps write it on a deal."),
    )
    competitor = forms.CharField(label=_("Competitor"), max_length=120, required=False)
    product = forms.ModelChoiceField(
        queryset=Product.objects.none(), to_field_name="key", label=_("Product"), required=False
    )
    language = forms.ChoiceField(label=_("Language"), required=False)
    owner = forms.ModelChoiceField(
        queryset=User.objects.none(), to_field_name="key", label=_("Owner"), required=False
    )
    valid_until = forms.DateField(
        label=_("Right until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("From the next day on it is proposed to nobody, and its owner is told."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any = None, *, material: Material | None = None, asked: Any = None
    ) -> None:
        super().__init__(data, initial=_initial(material) if material else dict(asked or {}))
        self.material = material
        fields = cast("dict[str, Any]", self.fields)
        fields["personas"].queryset = in_order(Persona.objects.living())
        fields["product"].queryset = Product.objects.living().order_by("sort_key", "pk")
        users = User.objects.filter(is_active=True, deleted_at=None)
        fields["owner"].queryset = users.order_by("name", "pk")
        drawn = [(stage.code, stage.name) for stage in stages()]
        fields["stage"].choices = [("", _("any")), *drawn]
        fields["language"].choices = [("", _("any")), *languages()]

    def show_theirs(self, material: Material) -> None:
        """Somebody saved meanwhile: say what, and let the next save mean it."""
        theirs = [
            f"{self.fields[name].label}: {getattr(material, name) or '–'}"
            for name in NAMES
            if getattr(material, name) != self.cleaned_data[name]
        ]
        words = _("Somebody saved meanwhile: %(theirs)s. Save again to put yours in its place.")
        self.add_error(None, words % {"theirs": ", ".join(theirs)})
        kept = cast("QueryDict", self.data).copy()
        kept["version"] = str(material.version)
        self.data = kept

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: self.cleaned_data[name] for name in (*NAMES, "personas")}


def _initial(material: Material) -> dict[str, Any]:
    ids = personas_of(material)
    return {
        **{name: getattr(material, name) for name in (*NAMES, "version")},
        "product": material.product.key if material.product else None,
        "owner": material.owner.key if material.owner else None,
        "personas": list(Persona.objects.filter(pk__in=ids).values_list("key", flat=True)),
    }
