"""What is typed: guides, and the answers to one."""

from baton.records.discovery.forms.asking import AnswerForm, AnswersForm, draft_of, meant_form
from baton.records.discovery.forms.guides import GuideForm

__all__ = ["AnswerForm", "AnswersForm", "GuideForm", "draft_of", "meant_form"]
