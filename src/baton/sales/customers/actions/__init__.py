"""All that may be done to customers; each act is one transaction."""

from baton.sales.customers.actions.handing import (
    CannotOwn,
    NothingOwed,
    accept_customer,
    give_customer,
    note_call,
    note_contact,
    tell_late,
)
from baton.sales.customers.actions.health import refresh, refresh_all
from baton.sales.customers.actions.holding import CustomerGone
from baton.sales.customers.actions.issues import NoWords, close_issue, open_issue
from baton.sales.customers.actions.onboarding import (
    STEPS,
    BadDay,
    HasPlan,
    NoName,
    add_step,
    begin_plan,
    remove_step,
    set_first_value,
    set_step,
)
from baton.sales.customers.actions.renewing import (
    HasChurned,
    NotLater,
    churn_customer,
    open_next_deal,
    remind_of_renewal,
    renew_contract,
    set_contract,
    win_back,
)
from baton.sales.customers.actions.starting import (
    IsCustomer,
    NotWon,
    start_customer,
    start_from_fact,
    withdraw_customer,
)
from baton.sales.customers.actions.template import (
    TEMPLATE,
    begin_with_usual,
    remove_template_step,
    save_template_step,
)
from baton.sales.customers.actions.terms import TERMS, save_terms
from baton.sales.customers.actions.tracking import CUSTOMER, edit_customer, trash_customer

__all__ = [
    "CUSTOMER",
    "STEPS",
    "TEMPLATE",
    "TERMS",
    "BadDay",
    "CannotOwn",
    "CustomerGone",
    "HasChurned",
    "HasPlan",
    "IsCustomer",
    "NoName",
    "NoWords",
    "NotLater",
    "NotWon",
    "NothingOwed",
    "accept_customer",
    "add_step",
    "begin_plan",
    "begin_with_usual",
    "churn_customer",
    "close_issue",
    "edit_customer",
    "give_customer",
    "note_call",
    "note_contact",
    "open_issue",
    "open_next_deal",
    "refresh",
    "refresh_all",
    "remind_of_renewal",
    "remove_step",
    "remove_template_step",
    "renew_contract",
    "save_template_step",
    "save_terms",
    "set_contract",
    "set_first_value",
    "set_step",
    "start_customer",
    "start_from_fact",
    "tell_late",
    "trash_customer",
    "win_back",
    "withdraw_customer",
]
