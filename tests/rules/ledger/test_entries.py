"""The bytes of an entry: one canonical form, and nothing of the payload but its salted hash."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from releve.ledger.rules import Leaf, canonical, head_bytes, leaf_bytes, salted_digest

SALT = bytes(range(32))
AT = datetime(2027, 3, 15, 9, 30, tzinfo=UTC)
text = st.text(st.characters(codec="utf-8"))
payloads = st.recursive(
    st.none() | st.booleans() | st.integers() | text,
    lambda inner: st.lists(inner) | st.dictionaries(text, inner),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ({"b": 1, "a": [True, None]}, '{"a":[true,null],"b":1}'),
        ({"é": "Léa", "z": "\n"}, '{"z":"\\n","é":"Léa"}'),
        ((20.0, 0.5, -0.0, 1e22), "[20,0.5,0,10000000000000000000000]"),
    ],
)
def test_the_canonical_form(payload, expected):
    assert canonical(payload) == expected.encode()


@pytest.mark.parametrize("inexact", [0.1, 1e-7, float("nan"), float("inf")])
def test_an_inexact_float_is_refused(inexact):
    with pytest.raises(ValueError, match="not exact"):
        canonical({"price": [inexact]})


@pytest.mark.parametrize("strange", [b"x", {1: 2}, {"a": {1}}, AT])
def test_what_is_not_json_is_refused(strange):
    with pytest.raises(TypeError):
        canonical(strange)


def test_a_lone_surrogate_is_refused():
    with pytest.raises(ValueError, match="surrogates"):
        canonical("\ud800")


@given(payloads)
def test_it_survives_the_way_through_a_json_column(payload):
    assert canonical(json.loads(json.dumps(payload))) == canonical(payload)
    assert json.loads(canonical(payload)) == payload


@given(payloads, payloads)
def test_two_payloads_have_two_digests(one, other):
    same = canonical(one) == canonical(other)
    assert (salted_digest(SALT, one) == salted_digest(SALT, other)) == same


def test_the_salt_matters_and_has_one_length():
    assert salted_digest(SALT, "x") != salted_digest(bytes(32), "x")
    with pytest.raises(ValueError, match="32 bytes"):
        salted_digest(b"short", "x")


def test_the_bytes_of_a_leaf():
    leaf = Leaf("e1", "book_appointment", AT, "agent:booking", salted_digest(SALT, {"patient": "Léa"}))
    assert leaf_bytes(leaf) == (
        b'{"at":"2027-03-15T09:30:00.000000Z","author":"agent:booking","digest":"'
        + leaf.digest.hex().encode()
        + b'","id":"e1","kind":"book_appointment","v":1}'
    )


def test_the_same_moment_in_another_zone_is_the_same_leaf():
    there = AT.astimezone(timezone(timedelta(hours=12)))
    digest = bytes(32)
    assert leaf_bytes(Leaf("e", "k", there, "a", digest)) == leaf_bytes(Leaf("e", "k", AT, "a", digest))
    assert head_bytes(1, digest, there) == head_bytes(1, digest, AT)
    assert head_bytes(1, digest, AT) != head_bytes(2, digest, AT)


def test_a_leaf_needs_an_offset_and_a_whole_digest():
    with pytest.raises(ValueError, match="offset"):
        Leaf("e", "k", AT.replace(tzinfo=None), "a", bytes(32))
    with pytest.raises(ValueError, match="SHA-256"):
        Leaf("e", "k", AT, "a", b"short")
    with pytest.raises(ValueError, match="offset"):
        head_bytes(1, bytes(32), AT.replace(tzinfo=None))
