"""Where a request comes from on the network: counted, so that throwing cookies away gains nothing, and never kept."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from ipaddress import ip_address, ip_network
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from releve.intake import limits

AN_HOUR = timedelta(hours=1)
WHOLE_V6 = 64  # bits: whoever has one address of IPv6 has all that begin so
View = Callable[..., Any]


def address(request: HttpRequest) -> str:
    """The address, or of IPv6 its network. Empty when it tells nobody apart: this machine itself, or a TLS proxy that
    does not say whom it answers."""
    environment = settings.ENVIRONMENT
    if environment.address_header:
        # What stands last is the proxy's own word; what stands before is whatever the client sent.
        said = request.headers.get(environment.address_header, "").rpartition(",")[2].strip()
    else:
        said = "" if environment.behind_tls else request.META.get("REMOTE_ADDR", "")
    try:
        found = ip_address(said)
    except ValueError:
        return ""
    found = getattr(found, "ipv4_mapped", None) or found
    if found.is_loopback:
        return ""
    return str(found if found.version == 4 else ip_network((found, WHOLE_V6), strict=False).network_address)


def limited(what: str, too_many: View) -> Callable[[View], View]:
    """Counts what is sent to this view; beyond the limit `too_many` answers in its place, with the same arguments."""

    def around(view: View) -> View:
        @wraps(view)
        def door(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            refused = request.method == "POST" and beyond(request, what)
            return (too_many if refused else view)(request, *args, **kwargs)

        return door

    return around


def beyond(request: HttpRequest, what: str) -> bool:
    """Counts one; whether there are more than RELEVE_<WHAT>_PER_HOUR from this address."""
    most: int = getattr(settings.ENVIRONMENT, f"{what}_per_hour")
    whom = address(request) if most else ""
    return bool(whom) and limits.tried(what, whom, within=AN_HOUR, now=settings.CLOCK.now()) > most
