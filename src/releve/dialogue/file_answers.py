"""Questions that the practice's own file answers: hours, access, prices, preparation, and its questions and answers.
What the file does not hold is never guessed: a person answers."""

from collections.abc import Sequence

from releve.core.acts import Act, Answer, CreateTask
from releve.core.facts import Directory
from releve.core.talk import Ask
from releve.dialogue.heard import Heard
from releve.language.matching import find_answer, unexplained
from releve.language.matching.directory import profession_words
from releve.language.matching.words import GENERIC, close, content, stems, word_list

TELLING = 2  # words without which a question is about nothing that a person could look up
LONG = 6  # letters of a word that tells something
TOPICS = (
    "ask_price",
    "ask_hours",
    "ask_access",
    "ask_preparation",
    "ask_coverage",
    "ask_new_patient",
    "ask_teleconsultation",
)
MONEY = ("ask_price", "ask_coverage")
Said = tuple[tuple[Act, ...], tuple[Ask, ...]]


def answer(heard: Heard, topics: Sequence[str], at_hand: int | None = None) -> Said:
    """Acts and sentences for each question of the message; unanswered ones become one task. `at_hand`: the visit that
    is spoken of, which "c'est combien ?" need not name."""
    acts: list[Act] = []
    says: list[Ask] = []
    for topic in topics:
        about = _of_the_visit(heard, at_hand) if topic in MONEY and at_hand is not None else None
        found = about or _ANSWERS.get(topic, _from_faq)(heard)
        if found is None:
            if not any(isinstance(a, CreateTask) for a in acts):
                acts.append(CreateTask(task="callback", note=heard.said))
                says.append(Ask("cannot_answer", args={"topic": topic}))
        elif found not in says:
            acts.append(Answer(topic=topic, sources=tuple(found.args.get("sources", ()))))
            says.append(found)
    return tuple(acts), tuple(says)


def _price(heard: Heard) -> Ask | None:
    said = heard.mention
    if said.service is None or (not said.by_name and _says_more(heard, said.service)):
        return _from_faq(heard)
    return _costs(heard, said.service) or _from_faq(heard)


def _of_the_visit(heard: Heard, service: int) -> Ask | None:
    """What the visit at hand costs, and whether it is reimbursed; nothing of a question that goes further."""
    other = heard.mention.service not in (None, service)
    return None if other or _says_more(heard, service) else _costs(heard, service)


def _says_more(heard: Heard, service: int) -> bool:
    known = word_list("money") | _words_of(service, heard.facts.directory)
    return bool(unexplained(heard.text, known))


def _costs(heard: Heard, service: int) -> Ask | None:
    record = heard.facts.directory.services[service]
    if record.price_eur is None:
        return None
    return Ask("price", args={"service": service, "sources": [f"service:{record.identifier}"]})


def _words_of(service: int, directory: Directory) -> set[str]:
    """All the words by which the file names a visit and those who do it."""
    record = directory.services[service]
    words = {w for label in (record.name, *record.aliases) for w in stems(label)}
    for key in directory.performers.get(service, ()):
        person = directory.practitioners[key]
        words |= {*stems(person.family), *stems(person.given), *stems(person.profession)} | profession_words(
            person.profession
        )
    return words


def _hours(heard: Heard) -> Ask | None:
    faq = _from_faq(heard)
    if faq is not None and heard.mention.practitioner is not None:
        return faq
    if faq is not None and heard.names_a_day:  # the file may know of that very day
        return Ask("hours", args={"faq": faq.args["faq"], "sources": ["practice:opening_hours", *faq.args["sources"]]})
    return Ask("hours", args={"sources": ["practice:opening_hours"]})


def _access(heard: Heard) -> Ask | None:
    args = {"sources": ["practice:address", "practice:access"]}
    found = find_answer(heard.text, heard.facts.directory.faq)
    if found is not None:
        args = {"faq": [found.identifier], "sources": [*args["sources"], f"faq:{found.identifier}"]}
    return Ask("access", args=args)


def _preparation(heard: Heard) -> Ask | None:
    directory = heard.facts.directory
    service = heard.mention.service
    if service is None:
        service = own_next_service(heard)
    if service is None or not directory.services[service].instructions:
        return _from_faq(heard)
    key = directory.services[service].identifier
    return Ask("instructions", args={"service": service, "sources": [f"service:{key}"]})


def own_next_service(heard: Heard) -> int | None:
    """The visit a message of ours was about, when this answers it."""
    prompts = [p for p in heard.facts.prompts if p.open]
    return prompts[0].place.service if prompts else None


def _from_faq(heard: Heard) -> Ask | None:
    found = find_answer(heard.text, heard.facts.directory.faq)
    if found is None:
        return None
    return Ask("faq", args={"faq": [found.identifier], "sources": [f"faq:{found.identifier}"]})


def asks_of_something(heard: Heard) -> bool:
    """A question with a subject of its own: "prêtez-vous des tire-lait ?", not "vous êtes sûr ?"."""
    return len(set(content(heard.text)) - GENERIC) >= TELLING


def _new_patients(heard: Heard) -> Ask | None:
    directory, said = heard.facts.directory, heard.mention
    keys = said.among or tuple(directory.practitioners)
    return Ask("who_takes_new", args={"practitioners": list(keys), "sources": ["practice:practitioners"]})


def beside(heard: Heard, service: int) -> Ask | None:
    """What the practice's file says on a question asked along with an answer: a telling word of the visit's
    instructions, else an entry of its questions. None when the file is silent: then a person answers."""
    record = heard.facts.directory.services[service]
    telling = set(content(record.instructions or "")) - set(content(record.name)) - GENERIC
    if any(len(w) >= LONG and any(close(w, said) for said in content(heard.text)) for w in telling):
        return Ask("instructions", args={"service": service, "sources": [f"service:{record.identifier}"]})
    return _from_faq(heard)


_ANSWERS = {
    "ask_price": _price,
    "ask_hours": _hours,
    "ask_access": _access,
    "ask_preparation": _preparation,
    "ask_new_patient": _new_patients,
}
