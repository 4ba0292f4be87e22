"""Other languages than French: which one a message is in, and English turned into the French that the readers know.

May import `language.text`, `language.wordings` and `core`.  In: a text.  Out: a code, a `Rendering`, what is said in
the languages that nobody reads here.
"""

from releve.language.foreign.answers import answers, french_name
from releve.language.foreign.rendering import Rendering, rendering
from releve.language.foreign.which import FRENCH, which

READ = ("en",)  # read through their French, and spoken; of any other, only the language is known

__all__ = ["FRENCH", "READ", "Rendering", "answers", "french_name", "rendering", "which"]
