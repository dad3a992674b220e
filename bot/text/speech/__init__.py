"""Quotations of a text and who said them."""

from bot.text.speech.quotations import Quotation, quotations
from bot.text.speech.speakers import AttributedQuote, attributed_quotes

__all__ = ["AttributedQuote", "Quotation", "attributed_quotes", "quotations"]
