"""How far people and companies are, and moving them by hand."""

from baton.qualification.lifecycle.views.companies import company_panel, movable_companies
from baton.qualification.lifecycle.views.people import movable_people, stage_bar, steps_of

__all__ = ["company_panel", "movable_companies", "movable_people", "stage_bar", "steps_of"]
