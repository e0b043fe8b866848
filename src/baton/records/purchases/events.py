"""What is worth telling about purchases. Amounts are text, for exactness."""

from dataclasses import dataclass
from typing import ClassVar

from baton.core.facts import Fact, Touch


@dataclass(frozen=True, kw_only=True)
class PurchaseMade(Fact):
    """Somebody bought. With it a person is a customer, with or without a rep."""

    name: ClassVar[str] = "purchase.made"
    touch: Touch = Touch.THEIRS
    order_id: int
    amount: str
    currency: str
    title: str = ""
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class PurchaseRefunded(Fact):
    """Money of a purchase went back."""

    name: ClassVar[str] = "purchase.refunded"
    order_id: int
    amount: str
    currency: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class PurchaseTurned(Fact):
    """A base: it is no purchase any more, or one again. Who counts buyers counts anew."""

    order_id: int


@dataclass(frozen=True, kw_only=True)
class PurchaseCancelled(PurchaseTurned):
    name: ClassVar[str] = "purchase.cancelled"


@dataclass(frozen=True, kw_only=True)
class PurchaseReopened(PurchaseTurned):
    """It was cancelled, and is not any more."""

    name: ClassVar[str] = "purchase.reopened"


@dataclass(frozen=True, kw_only=True)
class PurchaseDeleted(PurchaseTurned):
    """Into the trash."""

    name: ClassVar[str] = "purchase.deleted"


@dataclass(frozen=True, kw_only=True)
class PurchaseRestored(PurchaseTurned):
    """Out of the trash."""

    name: ClassVar[str] = "purchase.restored"


@dataclass(frozen=True, kw_only=True)
class SubscriptionTold(Fact):
    """What all of them say."""

    subscription_id: int
    title: str = ""
    amount: str = ""
    currency: str = ""
    interval: str = ""


@dataclass(frozen=True, kw_only=True)
class SubscriptionStarted(SubscriptionTold):
    name: ClassVar[str] = "subscription.started"
    touch: Touch = Touch.THEIRS


@dataclass(frozen=True, kw_only=True)
class SubscriptionRenewed(SubscriptionTold):
    name: ClassVar[str] = "subscription.renewed"


@dataclass(frozen=True, kw_only=True)
class SubscriptionCancelled(SubscriptionTold):
    name: ClassVar[str] = "subscription.cancelled"


@dataclass(frozen=True, kw_only=True)
class SubscriptionDeleted(SubscriptionTold):
    """Into the trash."""

    name: ClassVar[str] = "subscription.deleted"


@dataclass(frozen=True, kw_only=True)
class SubscriptionRestored(SubscriptionTold):
    """Out of the trash."""

    name: ClassVar[str] = "subscription.restored"
