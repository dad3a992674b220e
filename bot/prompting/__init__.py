"""Prompts as content: reads `prompts/`, refuses what is not valid, and renders the messages to a model.

A section of a known kind is one Markdown file and nothing else; this room never holds wording of its own, apart
from the names of languages.
"""

from bot.prompting.files import check_prompts, load_prompts
from bot.prompting.prompt_set import PromptSet, SectionPrompt

__all__ = ["PromptSet", "SectionPrompt", "check_prompts", "load_prompts"]
