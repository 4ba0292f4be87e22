import pytest
from tests.stories.conftest import *
from tests.pages.support import RENEWAL, RED_FLAG, written
@pytest.mark.django_db(transaction=True)
def test_shots(story):
    p=story.page
    story.given_a_visitor()
    def shot(name):
        for w in (360,1440):
            for sc in ("light","dark"):
                p.set_viewport_size({"width":w,"height":900}); p.emulate_media(color_scheme=sc)
                p.screenshot(path=f"/tmp/shots/{name}-{w}-{sc}.png", full_page=True)
    shot("public")
    story.when_the_visitor_says("je voudrais un rdv avec Dr Amar mardi après-midi, pour Camille Bernard née le 4 juin 1991")
    shot("chat")
    story.when_they_press("mardi 17\u00a0mars à ")
    story.when_the_visitor_says("j'ai mal dans la poitrine depuis ce matin")
    shot("alert")
    t=story.given_someone_wrote(RENEWAL); story.given_someone_wrote("je veux parler à quelqu'un")
    story.when_time_passes(600)
    p.goto(story.address+"/connexion/"); shot("connexion")
    story.given_mme_petit_is_at("/boite/"); shot("boite")
    p.goto(story.address+f"/boite/{t.identifier}/"); shot("revue")
    p.keyboard.press("a"); p.wait_for_timeout(500); shot("toast")
    for n,u in dict(conversations="/conversations/",agenda="/agenda/?jour=2026-03-17",rdv="/agenda/rendez-vous/roche-thursday/",nouveau="/agenda/nouveau/?jour=2026-03-17&nom=fon&patient=lea&service=consultation",garantie="/garantie/",sortie="/sortie/",perdu="/perdu/",conversation=f"/conversations/{t.conversation_id}/").items():
        p.goto(story.address+u); shot(n)
