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
from baton.operations.administration.actions.first_run import (
    AlreadySetUp,
    WrongSetUpCode,
    ensure_set_up_code,
    make_set_up_code,
    set_up_by_code,
)
from baton.operations.administration.actions.guide import skip_step, take_up_step
from baton.operations.administration.actions.rates import remove_rate, save_rate
from baton.operations.administration.actions.setup import set_up

__all__ = [
    "AlreadyEnded",
    "AlreadySetUp",
    "FirstAdmin",
    "MailTaken",
    "NotEmpty",
    "UnusableBackup",
    "WrongSetUpCode",
    "back_up",
    "end_demo",
    "ensure_set_up_code",
    "give_new_password",
    "make_set_up_code",
    "remove_rate",
    "restore",
    "save_company",
    "save_rate",
    "save_team",
    "save_user",
    "set_up",
    "set_up_by_code",
    "skip_step",
    "take_up_step",
]
