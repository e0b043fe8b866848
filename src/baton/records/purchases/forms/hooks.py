from django import forms
from django.utils.translation import gettext_lazy as _

from baton.records.purchases.words import HOOK_KINDS


class HookForm(forms.Form):
    source = forms.SlugField(
        label=_("Name"), max_length=40, help_text=_("Like shop; it stands in the address.")
    )
    kind = forms.ChoiceField(label=_("System"), choices=list(HOOK_KINDS.items()))
    secret = forms.CharField(
        label=_("Secret"),
        max_length=200,
        required=False,
        strip=True,
        help_text=_("Stripe and Shopify give you one. Empty: we make one, to be put in there."),
    )
