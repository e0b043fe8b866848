"""The only writers of definitions and rules."""

from baton.core.fields.actions.accepting import (
    NotAccepted,
    begin_with,
    broken,
    check_asked,
    check_edit,
    check_written,
    is_by_hand,
    obey_rules,
    refused,
    rules_read_once,
)
from baton.core.fields.actions.clearing import clear_fields
from baton.core.fields.actions.defining import create_field, edit_field, move_field, trash_fields
from baton.core.fields.actions.ensuring import UnknownKind, ensure_field
from baton.core.fields.actions.indexing import fields_to_index, tend_index
from baton.core.fields.actions.limiting import LIMIT, BadField, limit_field, sees_all
from baton.core.fields.actions.ruling import RULE, BadRule, save_rule, trash_rules
from baton.core.fields.actions.tracking import FIELD

__all__ = [
    "FIELD",
    "LIMIT",
    "RULE",
    "BadField",
    "BadRule",
    "NotAccepted",
    "UnknownKind",
    "begin_with",
    "broken",
    "check_asked",
    "check_edit",
    "check_written",
    "clear_fields",
    "create_field",
    "edit_field",
    "ensure_field",
    "fields_to_index",
    "is_by_hand",
    "limit_field",
    "move_field",
    "obey_rules",
    "refused",
    "rules_read_once",
    "save_rule",
    "sees_all",
    "tend_index",
    "trash_fields",
    "trash_rules",
]
