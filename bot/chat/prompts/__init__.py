"""/prompts: a server's own prompts, written, tried, saved, rolled back and given up in Discord.

commands.py     the command group: one thin callback a subcommand
subcommands.py  what each of them does, over the PromptDesk
trying.py       briefings by prompts that are not in force yet
feature.py      the commands, the form and the buttons together
forms.py        the form in which a prompt is typed
buttons.py      Save, Try again, Change and Discard under a draft
words.py        the answers' texts                                                        (pure)
"""

from bot.chat.prompts.feature import PromptFeature

__all__ = ["PromptFeature"]
