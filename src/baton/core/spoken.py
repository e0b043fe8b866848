"""What the screens say, looked up once for each language.

Django asks its catalogues anew each time: some twenty calls of Python for one of two hundred words
of a page.
"""

from functools import lru_cache
from typing import Any

from django.utils import translation
from django.utils.translation import trans_real

from baton.core.locals import language

MOST = 8_192  # words that a process keeps


def keep_words() -> None:
    """Once, before anything is said."""
    translation._trans.gettext = _gettext  # type: ignore[attr-defined] # Django's way to its own


def _gettext(message: str) -> str:
    return _said(language(), message)


@lru_cache(maxsize=MOST, typed=True)  # what is safe for HTML stays apart from what is not
def _said(_language: Any, message: str) -> str:
    return trans_real.gettext(message)
