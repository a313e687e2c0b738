"""Exchange rates: the dated table that CONVERT uses, entered by hand or from a file.

What is entered here is brought into every stored result that converts, in the same transaction.
"""

from engine.rates.door import ExchangeRates, RatePage
from engine.rates.entry import Entry
from engine.storage.rates import Rate

__all__ = ["Entry", "ExchangeRates", "Rate", "RatePage"]
