"""Codes of the handoff in words."""

from django import template

from baton.core.words import label_of
from baton.qualification.handoff import words
from baton.qualification.handoff.models import Handoff

register = template.Library()


@register.filter
def stage_label(stage: str) -> str:
    return label_of(stage)


@register.filter
def state_label(state: str) -> str:
    return str(words.STATES.get(state, state))


@register.filter
def state_words(handoff: Handoff) -> str:
    return str(words.state_words(handoff))


@register.filter
def state_hue(state: str) -> str:
    return words.STATE_HUES.get(state, "gray")


@register.filter
def reason_label(code: str) -> str:
    return str(words.reason_label(code))


@register.filter
def reply_label(kind: str) -> str:
    return str(words.REPLIES.get(kind, kind))


@register.filter
def reply_hue(kind: str) -> str:
    return words.REPLY_HUES.get(kind, "gray")


@register.filter
def lane_label(lane: str) -> str:
    return str(words.LANES.get(lane, lane))
