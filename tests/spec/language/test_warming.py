"""The process reads a few messages before the first patient writes."""

from releve.language import intents, warm
from releve.language.intents.model import model


def test_the_weights_are_in_memory_afterwards() -> None:
    model.cache_clear()
    warm()
    assert model.cache_info().currsize > 0
    assert intents.decide("annuler jeudi", ()).intents == ("cancel_appointment",)
