"""Nutgraf: a Discord bot that turns articles and links into proven briefings."""
