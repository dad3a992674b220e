"""What one does with a briefing: the buttons under it, each with its whole state in its custom_id.

An answer is found again by its key in the book of answers, after a restart and on every worker.
"""

from bot.chat.actions.rows import BUTTONS, buttons_after_failure, buttons_of, buttons_while_working

__all__ = ["BUTTONS", "buttons_after_failure", "buttons_of", "buttons_while_working"]
