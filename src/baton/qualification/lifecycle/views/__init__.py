"""How far people and companies are, and moving them by hand."""

from baton.qualification.lifecycle.views.companies import company_panel
from baton.qualification.lifecycle.views.people import stage_bar, steps_of

__all__ = ["company_panel", "stage_bar", "steps_of"]
