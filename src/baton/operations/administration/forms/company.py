from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from baton.core.errors import RuleViolation
from baton.core.money.rules import check_currency
from baton.core.settings.models import Organisation
from baton.marketing.capture.rules.internal import LONGEST as LONGEST_OWN
from baton.marketing.capture.rules.internal import MOST as MOST_OWN
from baton.marketing.capture.rules.internal import (
    SHORTEST,
    BadNetwork,
    is_everybodys,
    read_networks,
    read_words,
)
from baton.operations.administration.forms.zones import country_choices, zone_choices
from baton.qualification.handoff.rules.prices import LONGEST, MOST, read_paths
from baton.records.people.rules.domains import is_freemail, read_domain


def _few(found: list[str]) -> list[str]:
    if len(found) > MOST_OWN or any(len(one) > LONGEST_OWN for one in found):
        raise ValidationError(
            _("Name at most %(most)s of %(longest)s characters each."),
            params={"most": MOST_OWN, "longest": LONGEST_OWN},
        )
    return found


class OrganisationForm(forms.ModelForm[Organisation]):
    zone = forms.ChoiceField(label=_("Time zone"), choices=zone_choices)
    country = forms.ChoiceField(label=_("Public holidays"), required=False, choices=country_choices)

    own_domains = forms.CharField(
        label=_("Own mail domains"),
        required=False,
        max_length=500,
        help_text=_("Like fennmark.example, parted by commas. Who has mail there gets no score."),
    )

    own_networks = forms.CharField(
        label=_("Own networks"),
        required=False,
        max_length=2000,
        help_text=_(
            "Like 203.0.113.0/24 or 2001:db8::/48, parted by commas. Visits from there give no "
            "points and do not count."
        ),
    )

    own_machines = forms.CharField(
        label=_("Own machines"),
        required=False,
        max_length=2000,
        help_text=_(
            "Words of a browser's name, like uptime-check, parted by commas. What such a machine "
            "visits does not count."
        ),
    )

    price_pages = forms.CharField(
        label=_("Pages with prices"),
        required=False,
        max_length=1000,
        help_text=_(
            "Like /pricing, parted by commas; what lies below counts, too. Who owns an open deal "
            "is told when one of its people looks there."
        ),
    )

    class Meta:
        model = Organisation
        fields = (
            *("name", "zone", "country", "base_currency"),
            *("own_domains", "own_networks", "own_machines", "price_pages"),
        )
        labels = {"name": _("Company"), "base_currency": _("Currency")}

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ("own_domains", "own_networks", "own_machines", "price_pages"):
            self.initial[name] = ", ".join(self.initial[name])

    def clean_own_domains(self) -> list[str]:
        typed = [part for part in self.cleaned_data["own_domains"].split(",") if part.strip()]
        for part in typed:
            domain = read_domain(part)
            if not domain or is_freemail(domain):
                raise ValidationError(
                    _("“%(domain)s” is no domain of one company."),
                    params={"domain": part.strip()},
                )
        return list(dict.fromkeys(map(read_domain, typed)))

    def clean_own_networks(self) -> list[str]:
        try:
            found = read_networks(self.cleaned_data["own_networks"])
        except BadNetwork as bad:
            raise ValidationError(
                _("“%(network)s” is no network of one company. Write it like 203.0.113.0/24."),
                params={"network": str(bad)},
            ) from bad
        return _few(found)

    def clean_own_machines(self) -> list[str]:
        words = _few(read_words(self.cleaned_data["own_machines"]))
        if vague := next((word for word in words if is_everybodys(word)), None):
            raise ValidationError(
                _(
                    "“%(word)s” may stand in any browser's name. Write %(least)s letters or more "
                    "that only your machine has."
                ),
                params={"word": vague, "least": SHORTEST},
            )
        return words

    def clean_price_pages(self) -> list[str]:
        paths = read_paths(self.cleaned_data["price_pages"])
        if len(paths) > MOST or any(len(path) > LONGEST for path in paths):
            raise ValidationError(
                _("Name at most %(most)s pages of %(longest)s characters each."),
                params={"most": MOST, "longest": LONGEST},
            )
        return paths

    def clean_base_currency(self) -> str:
        try:
            return check_currency(self.cleaned_data["base_currency"])
        except RuleViolation as no:
            raise ValidationError(str(no)) from no
