"""Small pieces of every page: icons, and the address of a static file with its version."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """One of `look/icons.svg`. Without a label it is decoration, and screen readers pass over it."""
    href = f"{asset('look/icons.svg')}#i-{name}"
    if label:
        return format_html(
            '<svg class="icon" viewBox="0 0 20 20" role="img" aria-label="{}"><use href="{}"/></svg>', label, href
        )
    return format_html('<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><use href="{}"/></svg>', href)


@register.simple_tag
def asset(path: str) -> str:
    """A static file's address, which changes with its content: browsers may keep it for a year."""
    return static(path) + f"?v={_version(path)}" if not settings.DEBUG else static(path)


@cache
def _version(path: str) -> str:
    found = finders.find(path)
    return sha256(Path(found).read_bytes()).hexdigest()[:8] if isinstance(found, str) else "0"


@register.simple_tag
def htmx() -> SafeString:
    """htmx, from the wheel of django-htmx; without it every link and form still works."""
    return format_html('<script src="{}" defer></script>', asset("django_htmx/htmx-2.min.js"))


@register.filter
def widget_kind(field: BoundField) -> str:
    """How look/field.html lays a form's field out: check, choices, or text."""
    widget = field.field.widget
    if isinstance(widget, CheckboxInput):
        return "check"
    return "choices" if isinstance(widget, CheckboxSelectMultiple | RadioSelect) else "text"


@register.filter
def initials(person: object) -> str:
    """HP for Hélène Petit; the first two letters of a name that stands alone."""
    name = str(getattr(person, "get_full_name", lambda: "")() or person)
    parts = name.replace("-", " ").replace(".", " ").split()
    return (parts[0][:1] + parts[-1][:1] if len(parts) > 1 else name[:2]).upper()
