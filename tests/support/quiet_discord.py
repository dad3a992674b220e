"""Imports discord.py once with its own deprecation warning (audioop, Python 3.13) kept quiet.

Import this before anything that imports discord: warnings are errors in our tests, this one is not ours.
"""

import warnings

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", "'audioop' is deprecated", DeprecationWarning)
    import discord

__all__ = ["discord"]
