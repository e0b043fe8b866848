"""What is typed about customers."""

from baton.sales.customers.forms.checkins import CheckinRuleForm, RhythmForm, SpokenForm
from baton.sales.customers.forms.favours import FavourForm, ReferralForm
from baton.sales.customers.forms.records import (
    AnswerForm,
    AskForm,
    ChurnForm,
    ContractForm,
    FavourTermsForm,
    GiveForm,
    IssueForm,
    RenewForm,
    StepForm,
    TemplateForm,
    ValueForm,
)

__all__ = [
    "AnswerForm",
    "AskForm",
    "CheckinRuleForm",
    "ChurnForm",
    "ContractForm",
    "FavourForm",
    "FavourTermsForm",
    "GiveForm",
    "IssueForm",
    "ReferralForm",
    "RenewForm",
    "RhythmForm",
    "SpokenForm",
    "StepForm",
    "TemplateForm",
    "ValueForm",
]
