"""How a topic is chosen, guessed and made."""
