"""What is kept of customers."""

from baton.sales.customers.models.customers import (
    Customer,
    CustomerQuerySet,
    Step,
    StepQuerySet,
    TemplateStep,
    Terms,
)
from baton.sales.customers.models.favours import Favour, FavourQuerySet
from baton.sales.customers.models.rhythms import CheckinRule, CheckinRuleQuerySet
from baton.sales.customers.models.surveys import Survey, SurveyQuerySet

__all__ = [
    "CheckinRule",
    "CheckinRuleQuerySet",
    "Customer",
    "CustomerQuerySet",
    "Favour",
    "FavourQuerySet",
    "Step",
    "StepQuerySet",
    "Survey",
    "SurveyQuerySet",
    "TemplateStep",
    "Terms",
]
