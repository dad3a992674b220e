"""/privacy and /forget: what is kept and for how long, and having it forgotten; and the servers the bot has left.

feature.py    the commands, and what is heard of servers
buttons.py    the button that confirms
words.py      the answers' texts                  (pure)
"""

from bot.chat.privacy.feature import PrivacyFeature

__all__ = ["PrivacyFeature"]
