"""What else says how far a company is, beside its people: deals, handed in by their module."""

from collections.abc import Callable, Collection, Mapping

from baton.core.slots import Slot

# By company the stages that it has reached there; companies without any are left out.
StagesOf = Callable[[Collection[int]], Mapping[int, Collection[str]]]
company_stages: Slot[StagesOf] = Slot()
