"""The look shared by staff and patients: base page, style sheet, French typography, content security policy.

What it is: templates, static files, template filters, one middleware, and the door that finds the practice.
May import: intake and below.  In: values.  Out: French on a page.
"""
