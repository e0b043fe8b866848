"""The only place that writes pages, forms, submissions and visits."""

from baton.marketing.capture.actions.buckets import draw_token, forget_full_buckets
from baton.marketing.capture.actions.editing import AddressTaken, BeingShown, tracked_as, trash
from baton.marketing.capture.actions.forms import (
    BadField,
    add_field,
    create_form,
    edit_form,
    move_field,
    remove_field,
    usual_fields,
    write_field,
)
from baton.marketing.capture.actions.pages import (
    BadSlug,
    TooMany,
    add_block,
    create_page,
    edit_page,
    first_blocks,
    move_block,
    publish_page,
    remove_block,
    unpublish_page,
    write_block,
)
from baton.marketing.capture.actions.past import PastForm, record_forms
from baton.marketing.capture.actions.submissions import Sender, Sent, submit_form
from baton.marketing.capture.actions.visits import take_hits, tell_visits

__all__ = [
    "AddressTaken",
    "BadField",
    "BadSlug",
    "BeingShown",
    "PastForm",
    "Sender",
    "Sent",
    "TooMany",
    "add_block",
    "add_field",
    "create_form",
    "create_page",
    "draw_token",
    "edit_form",
    "edit_page",
    "first_blocks",
    "forget_full_buckets",
    "move_block",
    "move_field",
    "publish_page",
    "record_forms",
    "remove_block",
    "remove_field",
    "submit_form",
    "take_hits",
    "tell_visits",
    "tracked_as",
    "trash",
    "unpublish_page",
    "usual_fields",
    "write_block",
    "write_field",
]
