"""Addresses of the settings and of the guided set-up; `desk.urls` puts the first behind the staff's door."""

from django.urls import path

from releve.desk.doors import staff
from releve.desk.settings import assistant, faq, own, people, practice, set_up, texts, users, visits

# (route, view, name): signed-in people only.
_STAFF = (
    ("reglages/", practice.practice, "settings-practice"),
    ("reglages/ouverture/", practice.opening, "settings-opening"),
    ("reglages/soignants/", people.people, "settings-people"),
    ("reglages/soignants/nouveau/", people.new, "settings-person-new"),
    ("reglages/soignants/<path:identifier>/horaires/", people.hours, "settings-hours"),
    ("reglages/soignants/<path:identifier>/", people.person, "settings-person"),
    ("reglages/visites/", visits.visits, "settings-visits"),
    ("reglages/visites/nouveau/", visits.new, "settings-visit-new"),
    ("reglages/visites/<path:identifier>/", visits.visit, "settings-visit"),
    ("reglages/questions/", faq.faq, "settings-faq"),
    ("reglages/questions/<path:identifier>/retirer/", faq.remove, "settings-faq-remove"),
    ("reglages/questions/<path:identifier>/", faq.entry, "settings-faq-entry"),
    ("reglages/textes/", texts.texts, "settings-texts"),
    ("reglages/textes/<str:name>/apercu/", texts.look, "settings-text-look"),
    ("reglages/textes/<str:name>/", texts.text, "settings-text"),
    ("reglages/assistant/", assistant.assistant, "settings-assistant"),
    ("reglages/comptes/", users.users, "settings-users"),
    ("reglages/comptes/nouveau/", users.new, "settings-user-new"),
    ("reglages/comptes/<int:key>/lien/", users.invite, "settings-user-invite"),
    ("reglages/comptes/<int:key>/", users.user, "settings-user"),
    ("reglages/moi/", own.own, "settings-own"),
    ("reglages/moi/code/", own.pin, "settings-own-pin"),
    ("reglages/moi/mot-de-passe/", own.password, "settings-own-password"),
    ("mise-en-route/cabinet/", set_up.practice, "set-up-practice"),
    ("mise-en-route/fichier/", set_up.file, "set-up-file"),
    ("mise-en-route/soignants/", set_up.people, "set-up-people"),
    ("mise-en-route/horaires/", set_up.hours, "set-up-hours"),
    ("mise-en-route/visites/", set_up.visits, "set-up-visits"),
    ("mise-en-route/textes/", set_up.texts, "set-up-texts"),
    ("mise-en-route/essai/", set_up.test, "set-up-test"),
    ("mise-en-route/signature/", set_up.sign, "set-up-sign"),
    ("mise-en-route/fin/", set_up.end, "set-up-end"),
)
urlpatterns = [
    *(path(route, staff(view), name=name) for route, view, name in _STAFF),
    path("mise-en-route/", set_up.start, name="set-up"),
    path("mise-en-route/compte/", set_up.account, name="set-up-account"),
    path("acces/<int:key>/<str:token>/", users.choose_password, name="choose-password"),
]
