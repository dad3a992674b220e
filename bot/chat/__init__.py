"""The Discord front: client, one module a feature, cards as Components V2, buttons that outlive a restart.

Everything a person meets here goes the same way: a door (`brief.py`) finds out what was handed to us
(`heard.py`, `gather.py`), the `Desk` has it briefed and tells how far it is, and an `Answer` (`answers.py`) knows
where the card goes.
"""
