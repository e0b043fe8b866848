from baton.operations.administration.forms.company import OrganisationForm
from baton.operations.administration.forms.hours import HoursForm
from baton.operations.administration.forms.keys import KeyForm
from baton.operations.administration.forms.people import TeamForm, UserForm

__all__ = ["HoursForm", "KeyForm", "OrganisationForm", "TeamForm", "UserForm"]
