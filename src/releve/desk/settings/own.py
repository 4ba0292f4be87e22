"""One's own preferences: language, one-letter keys, the quick code of the lock, the password."""

from django import forms
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST

from releve.core.keeping import KeepPreferences, SetPassword, SetPin
from releve.desk.forms import Plain
from releve.desk.settings.forms import sent
from releve.desk.settings.page import keep, show
from releve.desk.settings.users import PasswordForm
from releve.desk.sign_in import YEAR
from releve.look.doors import of_the_practice
from releve.practice.models import Organization, User

SECTION = "settings-own"


class PreferencesForm(Plain):
    language = forms.ChoiceField(
        label=lazy("Langue des écrans"), required=False,
        choices=[("", lazy("Celle du navigateur")), *settings.LANGUAGES],
    )  # fmt: skip
    single_keys = forms.BooleanField(
        label=lazy("Touches d’une lettre"),
        required=False,
        help_text=lazy("J, K, A… agissent quand aucun champ n’est choisi. « ? » les montre toutes."),
    )


class PinForm(Plain):
    pin = forms.RegexField(
        r"^[0-9]{4,8}$", label=lazy("Code rapide"), required=False,
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "new-password", "maxlength": 8}),
        help_text=lazy("De quatre à huit chiffres, pour rouvrir un poste verrouillé. Vide : aucun."),
        error_messages={"invalid": lazy("De quatre à huit chiffres.")},
    )  # fmt: skip


class OwnPasswordForm(PasswordForm):
    old_password = forms.CharField(
        label=lazy("Mot de passe actuel"), strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip
    field_order = ("old_password", "password")

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_old_password(self) -> str:
        typed = str(self.cleaned_data["old_password"])
        if not self.user.check_password(typed):
            raise forms.ValidationError(_("Ce n’est pas votre mot de passe actuel."))
        return typed


def _me(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def own(request: HttpRequest, practice: Organization) -> HttpResponse:
    user = _me(request)
    form = PreferencesForm(sent(request), initial={"language": user.language, "single_keys": user.single_keys})
    if request.method == "POST" and form.is_valid():
        act = KeepPreferences(language=form.cleaned_data["language"], single_keys=form.cleaned_data["single_keys"])
        chosen = act.language or translation.get_language()  # the words that say it are the first ones
        with translation.override(chosen):
            kept = keep(request, practice, act, _("Vos préférences sont enregistrées."))
        if kept:
            answer = redirect(SECTION)
            if act.language:
                answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, act.language, max_age=YEAR, samesite="Lax")
            else:
                answer.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
            return answer
    return _show(request, practice, preferences=form)


@require_POST
@of_the_practice
def pin(request: HttpRequest, practice: Organization) -> HttpResponse:
    form = PinForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data["pin"]
        done = _("Votre code rapide est enregistré.") if typed else _("Vous n’avez plus de code rapide.")
        if keep(request, practice, SetPin(pin=typed), done):
            return redirect(SECTION)
    return _show(request, practice, pin=form)


@require_POST
@of_the_practice
def password(request: HttpRequest, practice: Organization) -> HttpResponse:
    user = _me(request)
    form = OwnPasswordForm(request.POST, user=user)
    if form.is_valid():
        act = SetPassword(password=form.cleaned_data["password"])
        if keep(request, practice, act, _("Votre mot de passe est changé.")):
            update_session_auth_hash(request, user)
            return redirect(SECTION)
    return _show(request, practice, password=form)


def _show(request: HttpRequest, practice: Organization, **forms_: Plain) -> HttpResponse:
    """The three forms; those that were sent keep what was typed."""
    user = _me(request)
    user.refresh_from_db(fields=["language", "single_keys", "pin"])
    fresh: dict[str, Plain] = {
        "preferences": PreferencesForm(initial={"language": user.language, "single_keys": user.single_keys}),
        "pin": PinForm(),
        "password": OwnPasswordForm(user=user),
    }
    status = 422 if any(form.errors for form in forms_.values()) else 200
    return show(request, practice, "own", SECTION, status, **{**fresh, **forms_}, has_pin=bool(user.pin))
