"""The product list; orders and subscriptions join it later."""
