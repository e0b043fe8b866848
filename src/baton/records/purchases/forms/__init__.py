from baton.records.purchases.forms.hooks import HookForm
from baton.records.purchases.forms.orders import OrderForm, RefundForm
from baton.records.purchases.forms.products import ProductForm
from baton.records.purchases.forms.subscriptions import (
    CancelForm,
    RenewForm,
    SubscriptionForm,
)

__all__ = [
    "CancelForm",
    "HookForm",
    "OrderForm",
    "ProductForm",
    "RefundForm",
    "RenewForm",
    "SubscriptionForm",
]
