"""/digest: what a server sets up to be briefed on by itself, and everything that answers about it.

commands.py     the command group: one thin callback a subcommand
subcommands.py  what each of them does, over the DigestDesk
previews.py     what /digest preview shows, and turning its pages
feature.py      the commands, the buttons and the reactions together
wishes.py       what was typed, as values: times, days, words, channels, addresses        (pure)
zones.py        which time zones to offer while somebody types
words.py        the answers' texts                                                        (pure)
places.py       where a digest can be posted, and what we may do there
buttons.py      About and Delete under a post, Back and Next under a preview
taking_back.py  what Delete does
"""

from bot.chat.digests.feature import DigestFeature
from bot.chat.digests.seams import DigestSeams, digest_seams

__all__ = ["DigestFeature", "DigestSeams", "digest_seams"]
