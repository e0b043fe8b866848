"""Booking pages: a buyer picks a free time of one seller, moves it, cancels it."""
