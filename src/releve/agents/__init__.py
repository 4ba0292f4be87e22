"""One agent per use case: from a request, the facts and who it is for, to a step (ask, propose, finish).

What it is: pure decisions; none knows another. `AGENTS` is the register: kind of request -> agent.
May import: agenda, language, core.  In: Request, Facts, Party.  Out: Step.
"""

from collections.abc import Callable, Mapping

from releve.agents.booking import book
from releve.agents.cancelling import cancel
from releve.agents.confirming import confirm
from releve.agents.informing import inform
from releve.agents.requesting import request_paper
from releve.agents.rescheduling import reschedule
from releve.agents.updating import update
from releve.agents.waiting import join_list
from releve.core.facts import Facts
from releve.core.talk import Party, Request, Step

Agent = Callable[[Request, Facts, Party], Step]

AGENTS: Mapping[str, Agent] = {
    "book": book,
    "reschedule": reschedule,
    "cancel": cancel,
    "confirm": confirm,
    "info": inform,
    "join_list": join_list,
    "paper": request_paper,
    "update": update,
}
