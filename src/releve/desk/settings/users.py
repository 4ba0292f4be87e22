"""Who can sign in, and the link by which someone chooses a password. Nobody changes their own role."""

from uuid import uuid4

from django import forms
from django.contrib.auth import login
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from releve.core.keeping import InviteUser, KeepUser, SetPassword
from releve.desk import doors, words
from releve.desk.forms import Plain
from releve.desk.settings.forms import sent
from releve.desk.settings.page import keep, show
from releve.look.doors import of_the_practice
from releve.practice.models import Organization, User

SECTION = "settings-users"


class UserForm(Plain):
    given = forms.CharField(label=lazy("Prénom"), max_length=150)
    family = forms.CharField(label=lazy("Nom"), max_length=150)
    login = forms.RegexField(
        r"^[\w.@+-]+$", label=lazy("Nom pour se connecter"), max_length=150,
        widget=forms.TextInput(attrs={"autocapitalize": "none"}),
        help_text=lazy("Sans espace, par exemple h.petit."),
        error_messages={"invalid": lazy("Des lettres, des chiffres et . @ + - _, sans espace.")},
    )  # fmt: skip
    role = forms.ChoiceField(label=lazy("Rôle"), choices=words.ROLES.items())
    active = forms.BooleanField(label=lazy("Peut se connecter"), required=False, initial=True)

    @classmethod
    def of(cls, user: User) -> dict[str, object]:
        return {
            "given": user.first_name, "family": user.last_name, "login": user.username, "role": user.role,
            "active": user.is_active,
        }  # fmt: skip

    def act(self, user: User | None) -> KeepUser:
        values = self.cleaned_data
        return KeepUser(
            user=user.pk if user else None, username=values["login"], given=values["given"], family=values["family"],
            role=values["role"], active=values["active"],
        )  # fmt: skip


class PasswordForm(Plain):
    password = forms.CharField(
        label=lazy("Nouveau mot de passe"), strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=lazy("Douze caractères ou plus : quatre mots au hasard se retiennent bien."),
    )  # fmt: skip

    def clean_password(self) -> str:
        typed = str(self.cleaned_data["password"])
        validate_password(typed)
        return typed


@require_safe
@of_the_practice
def users(request: HttpRequest, practice: Organization) -> HttpResponse:
    rows = [
        (user, words.word(words.ROLES, user.role)) for user in User.objects.order_by("-is_active", "last_name", "id")
    ]
    return show(request, practice, "users", SECTION, rows=rows)


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def new(request: HttpRequest, practice: Organization) -> HttpResponse:
    return _edit(request, practice, None)


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def user(request: HttpRequest, practice: Organization, key: int) -> HttpResponse:
    return _edit(request, practice, get_object_or_404(User, pk=key))


def _edit(request: HttpRequest, practice: Organization, found: User | None) -> HttpResponse:
    form = UserForm(sent(request), initial=UserForm.of(found) if found else None)
    mine = found is not None and found.pk == request.user.pk
    if mine:
        for name in ("role", "active"):  # never one's own; the gate refuses it too
            form.fields[name].disabled = True
    if request.method == "POST" and form.is_valid():
        taken = User.objects.filter(username__iexact=form.cleaned_data["login"])
        if taken.exclude(pk=found.pk if found else 0).exists():
            form.add_error("login", words.refusal("name_taken"))
        elif keep(request, practice, form.act(found), _("Le compte est enregistré.")):
            made = User.objects.get(username=form.cleaned_data["login"])
            return redirect("settings-user", key=made.pk)
    shown = {
        "form": form,
        "person": found,
        "mine": mine,
        "fresh": found is not None and not found.has_usable_password(),
    }
    return show(request, practice, "user", SECTION, 422 if form.errors else 200, **shown)


@require_POST
@of_the_practice
def invite(request: HttpRequest, practice: Organization, key: int) -> HttpResponse:
    """Shows the link once. It works once, for three days."""
    found = get_object_or_404(User, pk=key)
    if not keep(request, practice, InviteUser(user=found.pk), _("Le lien est prêt.")):
        return redirect("settings-user", key=key)
    path = reverse("choose-password", kwargs={"key": found.pk, "token": default_token_generator.make_token(found)})
    return show(request, practice, "invite", SECTION, person=found, link=request.build_absolute_uri(path))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose_password(request: HttpRequest, key: int, token: str) -> HttpResponse:
    """Whoever holds the link chooses the password of that account, once; also before the practice is open."""
    practice = get_object_or_404(Organization)
    found = User.objects.filter(pk=key, is_active=True).first()
    if found is None or not default_token_generator.check_token(found, token):
        return render(request, "desk/settings/link_over.html", status=410)
    form = PasswordForm(sent(request))
    if request.method == "POST" and form.is_valid():
        request.user = found
        if keep(request, practice, SetPassword(password=form.cleaned_data["password"]), _("Bienvenue.")):
            found.refresh_from_db()
            login(request, found)
            doors.unlock(request)
            return redirect("inbox")
    shown = {"form": form, "person": found, "practice": practice, "form_id": uuid4()}
    return render(request, "desk/settings/choose_password.html", shown, status=422 if form.errors else 200)
