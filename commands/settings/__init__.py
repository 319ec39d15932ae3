"""How the settings are asked for, guessed and written."""
