"""From free text to a profile: language, age, amounts and needs, each with the words that show it."""
