"""/settings: the panel in Discord over `bot.services.settings_desk`."""

from bot.chat.settings.feature import SettingsFeature

__all__ = ["SettingsFeature"]
