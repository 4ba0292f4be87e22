"""What stands in the text: tokens, numbers, the lexicon of time, and the reader that rules look through."""
