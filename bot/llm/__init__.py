"""One model endpoint: translates our normal form to any OpenAI-compatible `/chat/completions` and back.

What servers do differently stands in two tables (`profiles`, `failures`); what one server was found to refuse is
remembered per endpoint. No key and no text of an article ever stands in an error or a log line from here.
"""

from bot.llm.endpoint import Connection, HttpEndpoint
from bot.llm.probe import Probe, probe

__all__ = ["Connection", "HttpEndpoint", "Probe", "probe"]
