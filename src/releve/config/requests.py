"""Requests as our pages read them: a form is UTF-8, whatever its sender says it is."""

from typing import Any

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest


class Request(WSGIRequest):
    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        """A charset is not believed: `hex` or `idna` are no way to read a form, and browsers send what the page is in.
        A type that cannot be read at all counts as none."""
        try:
            super()._set_content_type_params(meta)  # type: ignore[misc]
        except ValueError:
            meta["CONTENT_TYPE"], self.content_type, self.content_params = "", "", {}
        self._encoding = None


class Handler(WSGIHandler):
    request_class = Request
