"""What was tampered with: the rows of the database against the journal that was written outside it. Pure.

The journal holds the leaf hashes of each batch, so a difference is not only seen but named. Alignment is by
hash and not by number, so that one removed entry does not make every later one look changed.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from releve.ledger.rules import Tree

FaultKind = Literal["changed", "removed", "inserted", "cut_off", "moved", "journal"]


@dataclass(frozen=True, slots=True)
class Head:
    """One journal record: the signed root over the first `size` leaves, and the hashes of those new in its
    batch.
    """

    size: int
    root: bytes
    leaves: tuple[bytes, ...]
    at: datetime
    signature: str


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One finding. `position` counts from 0: the journal's place, for an inserted row the place it has now.

    `id` is the entry's; None when the row is gone and only its hash is known. "removed" leaves a hole,
    "cut_off" is missing from the end; "journal" is a record that contradicts the others or is not genuine.
    """

    position: int
    kind: FaultKind
    id: str | None
    detail: str


def head_of(record: object) -> Head:
    """Reads {"size", "root", "leaves", "at", "signature"}; hashes are hex. Raises ValueError when it is not
    that.
    """
    if not isinstance(record, Mapping):
        raise ValueError("a journal record is an object")
    size, root, leaves, at, signature = (record.get(n) for n in ("size", "root", "leaves", "at", "signature"))
    if isinstance(size, bool) or not isinstance(size, int) or not isinstance(leaves, list):
        raise ValueError("a journal record needs a whole `size` and a list of `leaves`")
    if not (isinstance(root, str) and isinstance(at, str) and isinstance(signature, str)):
        raise ValueError("a journal record needs `root`, `at` and `signature` as text")
    hashes = tuple(bytes.fromhex(str(leaf)) for leaf in leaves)
    return Head(size, bytes.fromhex(root), hashes, datetime.fromisoformat(at), signature)


def compare(
    stored: Sequence[bytes],
    recomputed: Sequence[bytes],
    journal: Iterable[Head],
    ids: Sequence[str],
    genuine: Callable[[Head], bool] | None = None,
) -> list[Fault]:
    """The faults of the rows, in order of position; none when the database is what the journal witnessed.

    For each row in order of position: the leaf hash as stored, the one computed again from its columns, its
    id. `genuine` checks a record's signature. Rows after the journal's end are reported as inserted: give
    only those whose batch was written. Raises ValueError when the three sequences differ in length.
    """
    if not len(stored) == len(recomputed) == len(ids):
        raise ValueError("stored hashes, recomputed hashes and ids belong to the same rows")
    truth, faults = _witnessed(journal, recomputed, genuine)
    rows = _Rows(stored, recomputed, ids, truth)
    if list(stored) != truth or list(recomputed) != truth:
        faults += rows.faults()
    return sorted(faults, key=lambda fault: (fault.position, fault.kind))


def _witnessed(
    journal: Iterable[Head], rows: Sequence[bytes], genuine: Callable[[Head], bool] | None
) -> tuple[list[bytes], list[Fault]]:
    """The leaf hashes that the journal vouches for, and what is wrong with the journal itself.

    Where records are missing the rows stand in: the next root then tells whether they are the right ones.
    """
    truth: list[bytes] = []
    faults: list[Fault] = []
    tree = Tree()

    def fault(head: Head, detail: str) -> None:
        faults.append(Fault(max(head.size - len(head.leaves), 0), "journal", None, detail))

    for head in journal:
        start = head.size - len(head.leaves)
        if genuine is not None and not genuine(head):
            fault(head, f"the signature of the head of size {head.size} is not genuine")
        if start > len(truth):
            fault(head, f"records of positions {len(truth)} to {start - 1} are missing")
            _grow(tree, truth, rows[len(truth) : start])
        if start < 0 or tuple(truth[start : head.size]) != head.leaves[: len(truth) - start]:
            fault(head, f"the head of size {head.size} contradicts an earlier one")
            continue
        _grow(tree, truth, head.leaves[len(truth) - start :])
        if head.size == tree.size and head.root != tree.root():
            fault(head, f"the root of the head of size {head.size} is not that of its leaves")
    return truth, faults


def _grow(tree: Tree, truth: list[bytes], leaves: Iterable[bytes]) -> None:
    for leaf in leaves:
        tree.append(leaf)
        truth.append(leaf)


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows (as in `compare`) beside the hashes the journal vouches for."""

    stored: Sequence[bytes]
    recomputed: Sequence[bytes]
    ids: Sequence[str]
    truth: Sequence[bytes]

    def faults(self) -> Iterator[Fault]:
        matched = self._matched()
        anchors = _longest_rising([(row, position) for row, position in matched.items()])
        for row, position in matched.items():
            if anchors.get(row) != position:
                yield self._fault("moved", row, position, f"is now at position {row}")
            elif self.stored[row] != self.recomputed[row]:
                yield self._fault("changed", row, position, "its stored leaf is not that of its columns")
        yield from self._unmatched(matched, anchors)

    def _matched(self) -> dict[int, int]:
        """Row -> position of the same hash in the journal, each used once, in order."""
        places: dict[bytes, list[int]] = defaultdict(list)
        for position in reversed(range(len(self.truth))):
            places[self.truth[position]].append(position)
        return {row: places[h].pop() for row, h in enumerate(self.recomputed) if places.get(h)}

    def _unmatched(self, matched: Mapping[int, int], anchors: Mapping[int, int]) -> Iterator[Fault]:
        """Rows that no record knows and records that no row answers: changed as far as they pair up."""
        pairs = self._paired(matched, anchors)
        for row, position in pairs.items():
            yield self._fault("changed", row, position, "its content is not what was witnessed")
        for row in range(len(self.recomputed)):
            if row not in matched and row not in pairs:
                yield self._fault("inserted", row, row, "no record of the journal knows it")
        found = {*matched.values(), *pairs.values()}
        end = max(found, default=-1)
        for position, leaf in enumerate(self.truth):
            if position not in found:
                kind: FaultKind = "cut_off" if position > end else "removed"
                yield Fault(position, kind, None, f"the entry with leaf hash {leaf.hex()} is missing")

    def _paired(self, matched: Mapping[int, int], anchors: Mapping[int, int]) -> dict[int, int]:
        """Row -> position of changed entries: the stored hash tells, else the order between good rows."""
        lost = set(range(len(self.truth))) - set(matched.values())
        extra = [row for row in range(len(self.recomputed)) if row not in matched]
        by_hash = {self.truth[position]: position for position in lost}
        pairs: dict[int, int] = {}
        for row in extra:
            position = by_hash.pop(self.stored[row], None)
            if position is not None:
                pairs[row] = position
        rest = [row for row in extra if row not in pairs]
        for rows, positions in _between(anchors, rest, sorted(lost - set(pairs.values()))):
            pairs.update(zip(rows, positions, strict=False))
        return pairs

    def _fault(self, kind: FaultKind, row: int, position: int, detail: str) -> Fault:
        return Fault(position, kind, self.ids[row], detail)


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> dict[int, int]:
    """The longest subsequence whose second members rise (patience sorting): the entries that kept their
    order.
    """
    tails: list[int] = []
    tail_at: list[int] = []
    before: list[int] = []
    for i, (_, value) in enumerate(pairs):
        pile = bisect_left(tails, value)
        before.append(tail_at[pile - 1] if pile else -1)
        tails[pile : pile + 1] = [value]
        tail_at[pile : pile + 1] = [i]
    chosen: list[tuple[int, int]] = []
    i = tail_at[-1] if tail_at else -1
    while i >= 0:
        chosen.append(pairs[i])
        i = before[i]
    return dict(reversed(chosen))


def _between(
    anchors: Mapping[int, int], rows: Collection[int], positions: Collection[int]
) -> Iterator[tuple[list[int], list[int]]]:
    """Rows and positions that lie between the same two anchors."""
    anchor_rows = list(anchors)
    anchor_positions = list(anchors.values())
    gaps: dict[int, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for row in rows:
        gaps[bisect_left(anchor_rows, row)][0].append(row)
    for position in positions:
        gaps[bisect_left(anchor_positions, position)][1].append(position)
    yield from gaps.values()
