"""Durable work: briefings, digests and deliveries that outlive the process, and the tick that keeps their time.

Nothing imports the workflow engine until `opening.open_jobs` is entered, so a bot without it starts without it.

    chat --accept--> brief job --+                        a guild's own queue, interactive before digests
                                 +--> article job         one an article and wish, whoever asks
    tick --enqueue--> digest run +
                      open, choose, a story each, deliver

A job's parameters are ids and addresses, never an article's text. Every arrow is written down before it is taken.
"""
