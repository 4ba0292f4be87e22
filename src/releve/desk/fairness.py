"""Whether the waiting list treats people alike: shares by what must not count, with their gaps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from releve.desk import page
from releve.impact.fairness.queries import measured
from releve.impact.fairness.rules import SMALLEST, Comparison, Gap, Share
from releve.look.charts import Bars, bars
from releve.look.doors import of_the_practice
from releve.practice.models import Organization

PERIOD = timedelta(days=365)
MINUS = "\u2212"
TITLES: dict[str, str | Promise] = {
    "age": lazy("Âge"),
    "sex": lazy("Sexe"),
    "channel": lazy("Façon de s’inscrire"),
    "known": lazy("Patients connus ou nouveaux"),
}
GROUPS: dict[str, dict[str, str | Promise]] = {
    "age": {"child": lazy("moins de 18 ans"), "adult": lazy("18 à 64 ans"), "senior": lazy("65 ans et plus")},
    "sex": {"F": lazy("femmes"), "M": lazy("hommes"), "": lazy("sexe non précisé")},
    "channel": {
        "sms": lazy("SMS"),
        "webchat": lazy("page du cabinet"),
        "email": lazy("courriel"),
        "voice": lazy("téléphone"),
        "desk": lazy("accueil"),
        "file": lazy("fichier repris"),
    },
    "known": {"known": lazy("déjà venus"), "new": lazy("nouveaux")},
}


@dataclass(frozen=True)
class Row:
    name: str
    share: Share


@dataclass(frozen=True)
class Told:
    """One criterion in words: its groups, what the gap says, and the picture."""

    key: str
    title: str
    rows: Sequence[Row]
    hidden: int
    verdict: str
    state: str  # gap, none, unsure, little
    chart: Bars | None


@require_safe
@of_the_practice
def fairness(request: HttpRequest, practice: Organization) -> HttpResponse:
    now = settings.CLOCK.now()
    people, comparisons = measured(practice, now - PERIOD, now)
    told = [tell(comparison) for comparison in comparisons]
    context: dict[str, Any] = {
        "people": people,
        "told": told,
        "smallest": SMALLEST,
        "enough": any(t.chart for t in told),
    }
    return page.show(request, practice, "desk/fairness.html", "agenda", **context)


def tell(comparison: Comparison) -> Told:
    rows = [Row(_name(comparison.criterion, share.group), share) for share in comparison.shares]
    state, verdict = _verdict(comparison)
    title = str(TITLES[comparison.criterion])
    picture = [(row.name, (_percent(row.share.offered_share), _percent(row.share.served_share))) for row in rows]
    series = (_("ont eu une proposition"), _("ont eu une place"))
    chart = bars(title, series, picture, whole=100) if len(rows) > 1 else None
    return Told(comparison.criterion, title, rows, comparison.hidden, verdict, state, chart)


def _name(criterion: str, group: str) -> str:
    return str(GROUPS[criterion].get(group, group))


def _percent(share: float) -> float:
    return round(100 * share)


def _verdict(comparison: Comparison) -> tuple[str, str]:
    """The gap in offers: it is what the list does; whether somebody takes a place is up to them."""
    gap = comparison.offered
    if gap is None:
        return "little", _("Il faut deux groupes d’au moins %(n)d personnes pour comparer.") % {"n": SMALLEST}
    more, less = (_name(comparison.criterion, name) for name in (gap.more, gap.less))
    told = _("Écart de %(points)s entre « %(more)s » et « %(less)s » (intervalle à 95 %% : de %(low)s à %(high)s).") % {
        **_points(gap),
        "more": more,
        "less": less,
    }
    if gap.too_wide:
        return "unsure", told + " " + _("L’intervalle est trop large pour conclure.")
    if gap.proven:
        return "gap", told + " " + _("Le hasard seul ne l’explique pas : regardez ce que ces personnes demandent.")
    return "none", told + " " + _("Le hasard peut suffire à l’expliquer.")


def _points(gap: Gap) -> dict[str, str]:
    return {"points": _in_points(gap.size), "low": _signed(gap.low), "high": _in_points(gap.high)}


def _signed(share: float) -> str:
    """« −13 », with the sign of subtraction."""
    return str(round(100 * share)).replace("-", MINUS)


def _in_points(share: float) -> str:
    points = round(100 * share)
    return ngettext("%(n)d point", "%(n)d points", abs(points)) % {"n": points}
