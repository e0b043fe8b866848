from baton.operations.administration.forms.company import OrganisationForm
from baton.operations.administration.forms.ending import EndDemoForm
from baton.operations.administration.forms.first_run import FirstRunForm
from baton.operations.administration.forms.free_days import FreeDayForm
from baton.operations.administration.forms.hours import HoursForm
from baton.operations.administration.forms.invitations import InvitationForm
from baton.operations.administration.forms.keys import KeyForm
from baton.operations.administration.forms.people import TeamForm, UserForm
from baton.operations.administration.forms.rates import RateForm
from baton.operations.administration.forms.sign_in import SecondStepForm

__all__ = [
    "EndDemoForm",
    "FirstRunForm",
    "FreeDayForm",
    "HoursForm",
    "InvitationForm",
    "KeyForm",
    "OrganisationForm",
    "RateForm",
    "SecondStepForm",
    "TeamForm",
    "UserForm",
]
