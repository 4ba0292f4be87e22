"""`python -m bench`: every published figure beside its bar. `python -m bench NAME [...]`: only these.

Names: understand, frontdesk, turn_http, parallel_booking, overlapping, kill, workers, pages, clinic_sim, free_slots,
agenda_truth.
"""

import importlib
import sys
from collections.abc import Callable, Iterator

from bench import postgres

Row = tuple[str, str, str]  # what, bar, measured


def frontdesk() -> Iterator[Row]:
    yield from importlib.import_module("bench.frontdesk.__main__").report()


def understand() -> Iterator[Row]:
    yield from importlib.import_module("bench.understand.__main__").report()


def pages() -> Iterator[Row]:
    yield from importlib.import_module("bench.pages").report()


def clinic_sim() -> Iterator[Row]:
    yield from importlib.import_module("bench.clinic_sim.__main__").bars()


def agenda_truth() -> Iterator[Row]:
    yield importlib.import_module("bench.agenda_truth").report()


def free_slots() -> Iterator[Row]:
    yield from importlib.import_module("bench.free_slots").report()


def workers() -> Iterator[Row]:
    try:
        with postgres.server() as address:
            yield importlib.import_module("bench.workers").report(database_url=address)
    except postgres.Unavailable as why:
        print(f"workers is skipped: {why}", file=sys.stderr)


def on_both(name: str) -> Callable[[], Iterator[Row]]:
    """The bench `name` on SQLite, then on PostgreSQL where one can be started."""

    def rows() -> Iterator[Row]:
        bench = importlib.import_module(f"bench.{name}")
        yield bench.report()
        try:
            with postgres.server() as address:
                yield bench.report("PostgreSQL", address)
        except postgres.Unavailable as why:
            print(f"{name} on PostgreSQL is skipped: {why}", file=sys.stderr)

    return rows


BENCHES: dict[str, Callable[[], Iterator[Row]]] = {
    "understand": understand,
    "frontdesk": frontdesk,
    "turn_http": on_both("turn_http"),
    "parallel_booking": on_both("parallel_booking"),
    "overlapping": on_both("overlapping"),
    "kill": on_both("kill"),
    "workers": workers,
    "pages": pages,
    "clinic_sim": clinic_sim,
    "free_slots": free_slots,
    "agenda_truth": agenda_truth,
}


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        print(f"{', '.join(unknown)}: unknown. There are {', '.join(BENCHES)}.", file=sys.stderr)
        return 2
    rows: list[Row] = []
    for name in names or BENCHES:
        print(f"-- {name}", file=sys.stderr, flush=True)
        rows.extend(BENCHES[name]())
    widths = [max(len(row[n]) for row in [("what", "bar", ""), *rows]) for n in (0, 1)]
    for what, bar, measured in [("what", "bar", "measured"), *rows]:
        print(f"{what:<{widths[0]}} | {bar:<{widths[1]}} | {measured}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
