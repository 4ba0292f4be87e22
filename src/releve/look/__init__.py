"""The look shared by staff and patients: base page, style sheet, French typography, content security policy.

What it is: templates, static files, template filters and one middleware; no model, no view of its own.
May import: intake and below (it needs only `language.writing`).  In: values.  Out: French on a page.
"""
