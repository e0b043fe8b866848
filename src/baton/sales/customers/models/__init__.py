"""What is kept of customers."""

from baton.sales.customers.models.customers import (
    Customer,
    CustomerQuerySet,
    FavourTerms,
    Step,
    StepQuerySet,
    TemplateStep,
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
    "FavourTerms",
    "Step",
    "StepQuerySet",
    "Survey",
    "SurveyQuerySet",
    "TemplateStep",
]
