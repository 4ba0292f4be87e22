"""The tree of RFC 9162 (hashes as in RFC 6962), on the test leaves of Certificate Transparency projects."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from releve.ledger.rules import (
    EMPTY_ROOT,
    Tree,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)

DATA = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
LEAVES = [leaf_hash(bytes.fromhex(data)) for data in DATA]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]

hashes = st.integers(0, 2**32).map(lambda n: hashlib.sha256(str(n).encode()).digest())
logs = st.lists(hashes, min_size=1, max_size=70)


@pytest.mark.parametrize("size", range(9))
def test_known_roots(size):
    assert root_of(LEAVES[:size]).hex() == ROOTS[size]


def test_the_prefixes_of_leaf_and_node():
    assert leaf_hash(b"x") == hashlib.sha256(b"\x00x").digest()
    assert node_hash(b"a", b"b") == hashlib.sha256(b"\x01ab").digest()
    assert hashlib.sha256(b"").digest() == EMPTY_ROOT == Tree().root()


def test_a_known_inclusion_proof():
    """The path of leaf 5 in the tree of 8, from the same projects."""
    assert [step.hex() for step in inclusion_proof(LEAVES, 5)] == [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]


def test_known_consistency_proofs():
    """Of the tree of 6 in that of 8; every tree in itself and the empty one in all need nothing."""
    assert [step.hex() for step in consistency_proof(LEAVES, 6)] == [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]
    assert consistency_proof(LEAVES, 8) == consistency_proof(LEAVES, 0) == []


def recursive_root(leaves: list[bytes]) -> bytes:
    """The definition of RFC 9162, 2.1.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return node_hash(recursive_root(leaves[:k]), recursive_root(leaves[k:]))


@given(logs, st.data())
def test_a_tree_goes_on_from_its_stored_stack(leaves, data):
    cut = data.draw(st.integers(0, len(leaves)))
    first = Tree()
    for leaf in leaves[:cut]:
        first.append(leaf)
    again = Tree(first.size, first.stack)
    assert [again.append(leaf) for leaf in leaves[cut:]] == list(range(cut, len(leaves)))
    assert again.root() == root_of(leaves) == recursive_root(leaves)
    assert len(again.stack) == len(leaves).bit_count()


@given(logs, st.data())
def test_every_leaf_proves_its_place_and_no_other(leaves, data):
    index = data.draw(st.integers(0, len(leaves) - 1))
    proof, root, size = inclusion_proof(leaves, index), root_of(leaves), len(leaves)
    assert verify_inclusion(leaves[index], index, size, proof, root)
    assert not verify_inclusion(leaf_hash(b"other"), index, size, proof, root)
    assert not verify_inclusion(leaves[index], index, size, [*proof, root], root)
    assert not verify_inclusion(leaves[index], size, size, proof, root)
    assert not verify_inclusion(leaves[index], -1, size, proof, root)
    for other in set(range(size)) - {index}:
        assert not verify_inclusion(leaf_hash(b"other"), other, size, proof, root)
    if proof:
        assert not verify_inclusion(leaves[index], index, size, proof[:-1], root)
        assert not verify_inclusion(leaves[index], index ^ 1, size, proof, root) or leaves[index] == proof[0]


@given(logs, st.data())
def test_a_log_proves_that_it_only_grew(leaves, data):
    m, n = data.draw(st.integers(0, len(leaves))), len(leaves)
    proof, old, new = consistency_proof(leaves, m), root_of(leaves[:m]), root_of(leaves)
    assert verify_consistency(m, n, old, new, proof)
    wrong = leaf_hash(b"other")
    assert not verify_consistency(m, n, wrong, new, proof)
    assert not verify_consistency(m, n, old, new, [*proof, wrong])
    assert not verify_consistency(n + 1, n, old, new, proof)
    if 0 < m < n:
        assert not verify_consistency(m, n, old, wrong, proof)
        assert not verify_consistency(m, n, old, new, proof[:-1])
        assert not verify_consistency(m, n, old, new, [])


@given(logs, st.data())
def test_a_rewritten_past_has_no_consistency_proof(leaves, data):
    m = data.draw(st.integers(1, len(leaves)))
    changed = data.draw(st.integers(0, m - 1))
    forged = [*leaves]
    forged[changed] = leaf_hash(b"rewritten")
    proof = consistency_proof(forged, m)
    assert not verify_consistency(m, len(leaves), root_of(leaves[:m]), root_of(forged), proof)


def test_what_is_out_of_the_tree_is_refused():
    with pytest.raises(IndexError, match="no leaf 8"):
        inclusion_proof(LEAVES, 8)
    with pytest.raises(IndexError, match="no tree of 9"):
        consistency_proof(LEAVES, 9)
    with pytest.raises(ValueError, match="right edge"):
        Tree(3, [LEAVES[0]])
