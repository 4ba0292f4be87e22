"""`releve`: the one command. Pure verbs start without loading Django."""

import argparse
import sys
from collections.abc import Callable, Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one verb; returns its exit status (0 well, 1 some line or check failed, 2 unusable arguments)."""
    parser = _parser()
    arguments = parser.parse_args(argv)
    run: Callable[[argparse.Namespace], int] | None = getattr(arguments, "run", None)
    if run is None:
        parser.print_help()
        return 2
    return run(arguments)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="releve", description="Relève takes over the administrative shift of a practice."
    )
    verbs = parser.add_subparsers(title="verbs", metavar="VERB")

    def verb(name: str, help_text: str, run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        made = verbs.add_parser(name, help=help_text, description=help_text)
        made.set_defaults(run=run)
        return made

    understand = verb("understand", "Read patients' messages: JSON Lines in, JSON Lines out.", _pure("understand"))
    understand.add_argument("--explain", action="store_true", help="add what led to each label: spans, rules, weights")
    verb("when", "Read time expressions in French: JSON Lines in, JSON Lines out.", _pure("when"))
    verb("slots", "Compute free slots: JSON Lines in, JSON Lines out.", _pure("slots"))
    learn = verb("train", "Learn the weights of intents from labelled messages (developers).", _train)
    learn.add_argument("--corpus", default="data/messages", metavar="FOLDER", help="labelled messages (data/messages)")
    learn.add_argument("--out", metavar="FOLDER", help="where the weights go (where this version reads them)")
    desk = verb("front-desk", "Play a front desk on a throw-away database with a frozen clock.", _service("front_desk"))
    desk.add_argument("--practice", required=True, metavar="FILE", help="a practice file")
    load = verb("load", "Load a practice file into this empty installation, all or nothing.", _service("load"))
    load.add_argument("file", metavar="FILE")
    new = verb("new", "Write a commented practice file to start from.", _service("new"))
    new.add_argument("file", metavar="FILE")
    bring = verb("import-agenda", "Bring in the appointments of a table (CSV).", _service("import_agenda"))
    bring.add_argument("file", metavar="FILE")
    bring.add_argument("--dry-run", action="store_true", help="say what would become of each line, and write nothing")
    bring.add_argument("--all", action="store_true", help="write nothing if any line is refused")
    bring.add_argument("--report", metavar="FILE", help="where the refused lines go, as a table")
    sign = verb("sign", "Sign the start-up record (mise en service).", _service("sign"))
    sign.add_argument("--name", required=True, help="who signs")
    user = verb("user", "Create someone who can sign in, or change their password.", _service("user"))
    user.add_argument("name")
    user.add_argument("--role", default="secretary", choices=("secretary", "physician", "manager"))
    verb("migrate", "Bring the database up to date.", _service("migrate"))
    move = verb("move", "Carry this SQLite installation over to PostgreSQL, all or nothing.", _service("move"))
    move.add_argument("--to", required=True, metavar="ADDRESS", help="postgresql://..., or a file that holds it")
    move.add_argument("--check", action="store_true", help="say what would be done, and write nothing")
    verb("serve", "Run the service: web pages and worker.", _service("serve"))
    verb("web", "Run the web process only.", _service("web"))
    verb("work", "Run the worker only: timers, outbox, ledger, replay.", _service("work"))
    verb("demo", "Load a fictitious practice if there is none, and serve it.", _service("demo"))
    verb("simulate", "Run the simulated patients of the demonstration only.", _service("simulate"))
    measures = verb(
        "measures", "Print what was measured: first answers, and who closed the conversations.", _service("measures")
    )
    measures.add_argument("--days", type=int, default=30, help="over how many days (30)")
    ledger = verb("ledger", "Check the ledger.", _service("ledger"))
    ledger.add_argument("what", choices=("verify",))
    return parser


def _pure(name: str) -> Callable[[argparse.Namespace], int]:
    def run(arguments: argparse.Namespace) -> int:
        from releve.config import pure_commands

        return pure_commands.run_here("explain" if getattr(arguments, "explain", False) else name)

    return run


def _train(arguments: argparse.Namespace) -> int:
    from releve.training import command

    return command.run(arguments.corpus, arguments.out)


def _service(name: str) -> Callable[[argparse.Namespace], int]:
    def run(arguments: argparse.Namespace) -> int:
        from releve.config import commands

        command: Callable[[argparse.Namespace], int] = getattr(commands, name)
        return command(arguments)

    return run


if __name__ == "__main__":
    sys.exit(main())
