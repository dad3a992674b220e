"""Use cases: what Nutgraf does for people, whatever front they came in by."""
