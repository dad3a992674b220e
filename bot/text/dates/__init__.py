"""Dates and times in running text: where they stand and which days they mean.

A model must not do this: which Friday is meant, and whether "in May" was this year, is decided here, by rule.
"""

from bot.text.dates.dateline import document_time
from bot.text.dates.expression import Precision, TimeExpression, TimexType
from bot.text.dates.ranges import date_ranges
from bot.text.dates.recognise import time_expressions

__all__ = ["Precision", "TimeExpression", "TimexType", "date_ranges", "document_time", "time_expressions"]
