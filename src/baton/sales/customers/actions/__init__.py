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
from baton.sales.customers.actions.holding import CustomerGone
from baton.sales.customers.actions.starting import (
    IsCustomer,
    NotWon,
    start_customer,
    start_from_fact,
    withdraw_customer,
)
from baton.sales.customers.actions.terms import TERMS, save_terms
from baton.sales.customers.actions.tracking import CUSTOMER, edit_customer, trash_customer

__all__ = [
    "CUSTOMER",
    "TERMS",
    "CannotOwn",
    "CustomerGone",
    "IsCustomer",
    "NotWon",
    "NothingOwed",
    "accept_customer",
    "edit_customer",
    "give_customer",
    "note_call",
    "note_contact",
    "save_terms",
    "start_customer",
    "start_from_fact",
    "tell_late",
    "trash_customer",
    "withdraw_customer",
]
