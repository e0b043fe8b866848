"""Endpoints are kept, facts written down for them, and sent."""

from baton.operations.integrations.actions.delivering import queue_facts, replay, replay_failed
from baton.operations.integrations.actions.endpoints import (
    BadEndpoint,
    create_endpoint,
    delete_endpoint,
    edit_endpoint,
    rotate_secret,
    send_test,
)

__all__ = [
    "BadEndpoint",
    "create_endpoint",
    "delete_endpoint",
    "edit_endpoint",
    "queue_facts",
    "replay",
    "replay_failed",
    "rotate_secret",
    "send_test",
]
