"""An agenda exported as a table (CSV): what its columns are, which lines can be taken, and why the others cannot.

`columns`, `values` and `reading` are pure; `planning` compares with what is here, `importing` brings the good lines in.
"""
