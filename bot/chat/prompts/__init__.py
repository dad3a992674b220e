"""/prompts: a server's own prompts, written, tried, saved, rolled back and given up in Discord.

commands.py   the command group: one thin callback a subcommand
feature.py    what each of them does, over the PromptDesk and its trials
forms.py      the form in which a prompt is typed
buttons.py    Save, Try again, Change and Discard under a draft
words.py      the answers' texts                                 (pure)
"""

from bot.chat.prompts.commands import prompts_group
from bot.chat.prompts.feature import PromptFeature

__all__ = ["PromptFeature", "prompts_group"]
