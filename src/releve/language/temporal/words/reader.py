"""The tokens of one message under a clock: what every rule of the grammar looks at."""

from datetime import date, datetime
from functools import lru_cache

from releve.language.temporal.words.numbers import Read, number
from releve.language.temporal.words.tokens import Token, tokenise

PUNCTUATION = frozenset(',;:.?!()\n/-–—→…«»"')


class Reader:
    """Tokens with safe look-around and the day of reference."""

    def __init__(self, text: str, now: datetime) -> None:
        self.text = text
        self.now = now
        self.today: date = now.date()
        self.tokens: tuple[Token, ...] = tokenise(text)
        self._norms = tuple(t.norm for t in self.tokens)
        self._len = len(self._norms)
        self._numbers: dict[int, Read | None] = {}

    def __len__(self) -> int:
        return self._len

    def norm(self, i: int) -> str:
        """The word at `i`, empty outside the text or inside a phone number."""
        return self._norms[i] if 0 <= i < self._len else ""

    def norms(self, i: int, j: int) -> list[str]:
        return list(self._norms[max(i, 0) : max(j, 0)])

    def says(self, i: int, *words: str) -> bool:
        """Whether these words stand at `i`."""
        return i >= 0 and self._norms[i : i + len(words)] == words

    def ends_with(self, j: int, *words: str) -> bool:
        """Whether these words stand just before `j`."""
        return j >= len(words) and self._norms[j - len(words) : j] == words

    def skip(self, i: int, words: frozenset[str]) -> int:
        while self.norm(i) in words:
            i += 1
        return i

    def skip_back(self, i: int, words: frozenset[str]) -> int:
        """The first index at or after which only `words` stand before `i`."""
        while i > 0 and self._norms[i - 1] in words:
            i -= 1
        return i

    def number(self, i: int, low: int, high: int) -> tuple[int, int] | None:
        """A number between bounds at `i`; a lone article "un" is not one."""
        if i not in self._numbers:
            self._numbers[i] = number(self.tokens, i)
        found = self._numbers[i]
        if found is None or not low <= found[0] <= high or (self.norm(i) in ("un", "une") and found[1] == i + 1):
            return None
        return found

    def tokens_after(self, i: int, word: str) -> int:
        """The index after the next `word`, at most four tokens on."""
        return next((k + 1 for k in range(i, i + 4) if self.norm(k) == word), i)


@lru_cache(maxsize=8)
def reader(text: str, now: datetime) -> Reader:
    """The reader of a text, kept while the rules, the dates of birth and the general meaning ask for it."""
    return Reader(text, now)
