"""The Merkle tree of the ledger, pure: bytes of an entry, hashes, proofs. RFC 9162, section 2.1, with
SHA-256.

Hashes are 32 raw bytes. `leaves` are leaf hashes in order of position, from 0. A *payload* is JSON-like:
None, bool, int, str, list, tuple, dict with str keys, and those floats whose decimal form is exact (0.5, not
0.1).
"""

import hashlib
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

SALT_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()


@dataclass(frozen=True, slots=True)
class Leaf:
    """What stays for ever of an entry, so nothing in it may name a person: `author` is an internal key.

    `id` is the entry's key, `at` an aware datetime, `digest` the `salted_digest` of the payload.
    Raises ValueError for a naive `at` or a digest that is not 32 bytes.
    """

    id: str
    kind: str
    at: datetime
    author: str
    digest: bytes

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("the time of an entry needs an offset")
        if len(self.digest) != hashlib.sha256().digest_size:
            raise ValueError("the digest of an entry is a SHA-256")


def canonical(payload: object) -> bytes:
    """One byte form: keys sorted by code point, no spaces, UTF-8; a whole float is written as its integer.

    Raises TypeError for a value that is not JSON-like, ValueError for an inexact float or a lone surrogate.
    """
    text = json.dumps(_plain(payload), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return _exact(value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if not isinstance(value, dict):
        raise TypeError(f"{type(value).__name__} has no canonical form")
    for key in value:
        if not isinstance(key, str):
            raise TypeError(f"{key!r} is not a string key")
    return {key: _plain(item) for key, item in value.items()}


def _exact(value: float) -> int | float:
    if not math.isfinite(value) or Decimal(repr(value)) != Decimal(value):
        raise ValueError(f"{value!r} is not exact: write it as a string or in whole units")
    return int(value) if value.is_integer() else value


def salted_digest(salt: bytes, payload: object) -> bytes:
    """SHA-256 of the salt and the canonical payload; once the salt is erased nobody can guess the payload
    from it.

    Raises ValueError unless the salt has 32 bytes (a fixed length: salt and payload cannot be confused).
    """
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes, not {len(salt)}")
    return hashlib.sha256(salt + canonical(payload)).digest()


def leaf_bytes(leaf: Leaf) -> bytes:
    """The bytes that are hashed into the tree: canonical JSON, the time in UTC to the microsecond."""
    at = leaf.at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
    digest = leaf.digest.hex()
    return canonical({"v": 1, "id": leaf.id, "kind": leaf.kind, "at": at, "author": leaf.author, "digest": digest})


def head_bytes(size: int, root: bytes, at: datetime) -> bytes:
    """The bytes of a tree head that are signed: canonical JSON of its size, root (hex) and time (UTC)."""
    if at.tzinfo is None:
        raise ValueError("the time of a tree head needs an offset")
    moment = at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
    return canonical({"v": 1, "size": size, "root": root.hex(), "at": moment})


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf's bytes (RFC 9162, 2.1.1)."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node (RFC 9162, 2.1.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """Grows by one leaf hash at a time in O(log n), keeping only the roots of the perfect subtrees on its
    right edge.

    `Tree(tree.size, tree.stack)` goes on where another stopped: the stack, largest subtree first, is all to
    store.
    """

    def __init__(self, size: int = 0, stack: Iterable[bytes] = ()) -> None:
        """Raises ValueError when the stack is not that of a tree of `size` leaves."""
        self._stack = list(stack)
        self._size = size
        if size < 0 or size.bit_count() != len(self._stack):
            raise ValueError(f"a tree of {size} leaves has no right edge of {len(self._stack)} hashes")

    @property
    def size(self) -> int:
        return self._size

    @property
    def stack(self) -> tuple[bytes, ...]:
        return tuple(self._stack)

    def append(self, leaf: bytes) -> int:
        """Adds a leaf hash; returns its position."""
        position = self._size
        height = position
        while height & 1:
            leaf = node_hash(self._stack.pop(), leaf)
            height >>= 1
        self._stack.append(leaf)
        self._size += 1
        return position

    def root(self) -> bytes:
        """The root over all leaves so far; EMPTY_ROOT without any."""
        if not self._stack:
            return EMPTY_ROOT
        *rest, root = self._stack
        for left in reversed(rest):
            root = node_hash(left, root)
        return root


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root over these leaf hashes."""
    tree = Tree()
    for leaf in leaves:
        tree.append(leaf)
    return tree.root()


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The path from leaf `index` to the root of the tree over `leaves` (RFC 9162, 2.1.3.1).

    Raises IndexError when there is no such leaf. O(n) hashes.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(f"no leaf {index} in a tree of {len(leaves)}")
    path: list[bytes] = []
    level = list(leaves)
    while len(level) > 1:
        if index ^ 1 < len(level):
            path.append(level[index ^ 1])
        level = _level_above(level)
        index >>= 1
    return path


def _level_above(level: list[bytes]) -> list[bytes]:
    """Pairs hashed; an odd last one goes up as it is."""
    above = [node_hash(left, right) for left, right in zip(level[::2], level[1::2], strict=False)]
    return above + level[2 * len(above) :]


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the proof leads from the leaf hash at `index` to the root of a tree of `size` (RFC 9162,
    2.1.3.2).
    """
    if not 0 <= index < size:
        return False
    here, last = index, size - 1
    found = leaf
    for sibling in proof:
        if last == 0:
            return False
        if here & 1 or here == last:
            found = node_hash(sibling, found)
            here, last = _past_lone_nodes(here, last)
        else:
            found = node_hash(found, sibling)
        here, last = here >> 1, last >> 1
    return last == 0 and found == root


def _past_lone_nodes(here: int, last: int) -> tuple[int, int]:
    """Up the right edge to the level at which this node is a right child."""
    while here and not here & 1:
        here, last = here >> 1, last >> 1
    return here, last


def consistency_proof(leaves: Sequence[bytes], m: int) -> list[bytes]:
    """The proof that the tree over `leaves` begins with the tree over its first `m` (RFC 9162, 2.1.4.1).

    Empty for m = 0 and m = n. Raises IndexError when `m` is not in 0..n. O(n) hashes.
    """
    if not 0 <= m <= len(leaves):
        raise IndexError(f"no tree of {m} in a tree of {len(leaves)}")
    return _subproof(leaves, m, whole=True) if m else []


def _subproof(leaves: Sequence[bytes], m: int, *, whole: bool) -> list[bytes]:
    count = len(leaves)
    if m == count:
        return [] if whole else [root_of(leaves)]
    half = 1 << ((count - 1).bit_length() - 1)
    left, right = leaves[:half], leaves[half:]
    if m <= half:
        return [*_subproof(left, m, whole=whole), root_of(right)]
    return [*_subproof(right, m - half, whole=False), root_of(left)]


def verify_consistency(first: int, second: int, first_root: bytes, second_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the tree of `second` leaves begins with that of `first` (RFC 9162, 2.1.4.2).

    The RFC leaves out 0; here every tree begins with the empty one, whose root is EMPTY_ROOT.
    """
    if not 0 <= first <= second:
        return False
    if first == second:
        return not proof and first_root == second_root
    if first == 0:
        return not proof and first_root == EMPTY_ROOT
    path = [first_root, *proof] if first.bit_count() == 1 else list(proof)
    return bool(path) and _leads(path, first, second) == (first_root, second_root)


def _leads(path: Sequence[bytes], first: int, second: int) -> tuple[bytes, bytes] | None:
    """The two roots a consistency path gives; None when its length is wrong."""
    here, last = first - 1, second - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return None
        if here & 1 or here == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            here, last = _past_lone_nodes(here, last)
        else:
            new = node_hash(new, sibling)
        here, last = here >> 1, last >> 1
    return (old, new) if last == 0 else None
