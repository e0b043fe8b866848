"""Scores, why they are what they are, and the models behind them, over the API."""

from baton.qualification.scoring.api import models, past, trials
from baton.qualification.scoring.api.scores import router

__all__ = ["models", "past", "router", "trials"]
