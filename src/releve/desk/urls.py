"""The staff's addresses. `staff` puts each of them behind the door that only opens to someone signed in."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import LogoutView
from django.http import HttpResponseBase
from django.urls import URLPattern, path

from releve.desk import (
    day,
    doors,
    fairness,
    guarantee,
    inbox,
    live,
    locking,
    merging,
    outgoing,
    patient,
    patients,
    red_flags,
    search,
    sheet,
    sign_in,
    talks,
    waiting_deeds,
    waiting_list,
)
from releve.desk.agenda import absence, booking, deeds, moving, series, views
from releve.desk.settings import urls as settings_urls


def staff(route: str, view: Callable[..., HttpResponseBase], name: str, quiet: bool = False) -> URLPattern:
    """Signed-in people only, and nothing kept by the browser."""
    door: Any = doors.staff(view, quiet)
    entry: URLPattern = path(route, door, name=name)
    return entry


# Conversations go by their key: their identifier may hold a phone number, and addresses end up in logs. An
# appointment's identifier may come from outside and hold a slash: `path`, after the addresses that end in a word.
urlpatterns = [
    path("connexion/", sign_in.SignIn.as_view(), name="sign-in"),
    path("deconnexion/", LogoutView.as_view(), name="sign-out"),
    path("verrouiller/", locking.lock, name="lock"),
    path("reprendre/", locking.unlock, name="unlock"),
    staff("nouvelles/", live.news, "live", quiet=True),
    staff("journee/", day.day, "day"),
    staff("journee/demain/", day.tomorrow, "tomorrow"),
    staff("composants/", sheet.sheet, "sheet"),
    staff("boite/", inbox.inbox, "inbox"),
    staff("boite/<str:identifier>/", inbox.review, "review"),
    staff("boite/<str:identifier>/annuler/", inbox.undo, "undo"),
    staff("conversations/", talks.conversations, "conversations"),
    staff("conversations/<int:key>/prendre/", talks.take_over, "take-over"),
    staff("conversations/<int:key>/rendre/", talks.hand_back, "hand-back"),
    staff("conversations/<int:key>/", talks.conversation, "conversation"),
    staff("agenda/", views.day, "agenda"),
    staff("agenda/semaine/", views.week, "agenda-week"),
    staff("agenda/nouveau/", booking.new, "booking"),
    staff("agenda/serie/", series.new, "series"),
    staff("agenda/defaire/<uuid:form>/", deeds.undo_form, "acts-undo"),
    staff("agenda/rendez-vous/<path:identifier>/serie/annuler/", series.cancel, "series-cancel"),
    staff("agenda/rendez-vous/<path:identifier>/serie/", series.rest, "series-rest"),
    staff("agenda/absence/", absence.new, "absence-new"),
    staff("agenda/absence/<int:key>/", absence.one, "absence"),
    staff("agenda/absence/<int:key>/replacer/", absence.again, "absence-moves"),
    staff("agenda/absence/<int:key>/retour/", absence.end, "absence-end"),
    staff("agenda/replacer/", absence.moves, "moves"),
    staff("agenda/replacer/suivi/", absence.moves_followed, "moves-followed"),
    staff("agenda/rendez-vous/<path:identifier>/arrive/", deeds.arrive, "arrive"),
    staff("agenda/rendez-vous/<path:identifier>/absent/", deeds.no_show, "no-show"),
    staff("agenda/rendez-vous/<path:identifier>/confirmer/", deeds.confirm, "confirm"),
    staff("agenda/rendez-vous/<path:identifier>/annuler/", deeds.cancel, "cancel"),
    staff("agenda/rendez-vous/<path:identifier>/defaire/<slug:undone>/", deeds.undo, "appointment-undo"),
    staff("agenda/rendez-vous/<path:identifier>/deplacer/", moving.move, "appointment-move"),
    staff("agenda/rendez-vous/<path:identifier>/places/", moving.possible, "appointment-possible"),
    staff("agenda/rendez-vous/<path:identifier>/", views.appointment, "appointment"),
    staff("chercher/", search.search, "search"),
    staff("patients/", patients.patients, "patients"),
    staff("patients/nouveau/", patients.new, "new-patient"),
    staff("patients/<path:identifier>/contact/", patient.contact, "patient-contact"),
    staff("patients/<path:identifier>/contact/annuler/", patient.undo_contact, "undo-contact"),
    staff("patients/<path:identifier>/identite/", patient.identity, "patient-identity"),
    staff("patients/<path:identifier>/ecrire/", patient.write, "patient-write"),
    staff("patients/<path:identifier>/reunir/", merging.merge, "patient-merge"),
    staff("patients/<path:identifier>/separer/", merging.unmerge, "patient-unmerge"),
    staff("patients/<path:identifier>/", patient.patient, "patient"),
    staff("liste-attente/", waiting_list.waiting_list, "waiting-list"),
    staff("liste-attente/nouveau/", waiting_list.new, "waiting-new"),
    staff("liste-attente/equite/", fairness.fairness, "waiting-fairness"),
    staff("liste-attente/places/<int:who>/<slug:start>/<slug:end>/suivant/", waiting_deeds.pass_on, "waiting-pass-on"),
    staff("liste-attente/places/<int:who>/<slug:start>/<slug:end>/arreter/", waiting_deeds.stop, "waiting-stop"),
    staff("liste-attente/places/<int:who>/<slug:start>/<slug:end>/reprendre/", waiting_deeds.resume, "waiting-resume"),
    staff("liste-attente/<path:identifier>/priorite/annuler/", waiting_deeds.undo_priority, "waiting-priority-undo"),
    staff("liste-attente/<path:identifier>/retirer/", waiting_list.leave, "waiting-leave"),
    staff("liste-attente/<path:identifier>/remettre/", waiting_list.come_back, "waiting-return"),
    staff("liste-attente/<path:identifier>/proposer/", waiting_list.offer, "waiting-offer"),
    staff("liste-attente/<path:identifier>/", waiting_deeds.entry, "waiting-entry"),
    staff("garantie/", guarantee.guarantee, "guarantee"),
    staff("garantie/arreter/", guarantee.stop, "stop"),
    staff("garantie/reprendre/", guarantee.restart, "restart"),
    staff("garantie/signaux/", red_flags.red_flags, "red-flags"),
    staff("sortie/", outgoing.outgoing, "outgoing"),
    *settings_urls.urlpatterns,
]
