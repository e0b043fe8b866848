"""Money: amounts with a currency, how people write them, and rates into the company's currency.

A rate that nobody gave is unknown (None), never 0 and never 1.
"""
