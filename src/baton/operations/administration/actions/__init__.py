"""First set-up, backup and restore."""

from baton.operations.administration.actions.backup import (
    NotEmpty,
    UnusableBackup,
    back_up,
    restore,
)
from baton.operations.administration.actions.colleagues import (
    give_new_password,
    save_company,
    save_team,
    save_user,
)
from baton.operations.administration.actions.ending import (
    AlreadyEnded,
    FirstAdmin,
    MailTaken,
    end_demo,
)
from baton.operations.administration.actions.rates import remove_rate, save_rate
from baton.operations.administration.actions.setup import set_up

__all__ = [
    "AlreadyEnded",
    "FirstAdmin",
    "MailTaken",
    "NotEmpty",
    "UnusableBackup",
    "back_up",
    "end_demo",
    "give_new_password",
    "remove_rate",
    "restore",
    "save_company",
    "save_rate",
    "save_team",
    "save_user",
    "set_up",
]
