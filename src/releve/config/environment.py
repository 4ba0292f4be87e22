"""Every setting, read once from the environment: `RELEVE_NAME`, or `RELEVE_NAME_FILE` for secrets kept in files."""

import contextlib
import os
from collections.abc import Callable
from datetime import datetime
from ipaddress import ip_network
from pathlib import Path
from typing import Any

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

SECRETS = ("secret_key", "database_url", "ledger_key")


class Environment(BaseSettings):
    """The settings of one installation; docs/reference/settings.md has a heading for each."""

    model_config = SettingsConfigDict(env_prefix="RELEVE_", extra="ignore")

    data_dir: Path = Field(Path("var"), description="where the embedded database and the ledger's journal live")
    database_url: str = Field("", description="postgresql://... to grow; empty: SQLite in data_dir")
    secret_key: str = Field("", description="signs sessions; made and kept in data_dir when empty")
    ledger_key: str = Field("", description="Ed25519 seed (64 hex digits) that signs tree heads; kept in data_dir")
    host: str = Field("127.0.0.1", description="address that `releve serve` listens on")
    port: int = Field(8000, ge=1, le=65535, description="port that `releve serve` listens on")
    allowed_hosts: str = Field("localhost,127.0.0.1,[::1]", description="host names served, separated by commas")
    behind_tls: bool = Field(False, description="true behind a TLS proxy: secure cookies, forwarded scheme")
    address_header: str = Field("", description="header in which the TLS proxy says whom it answers (X-Forwarded-For)")
    messages_per_hour: int = Field(1200, ge=0, description="chat messages from one network address; 0: no limit")
    bookings_per_hour: int = Field(120, ge=0, description="bookings by form from one network address; 0: no limit")
    codes_per_hour: int = Field(120, ge=0, description="codes asked for or typed from one network address; 0: no limit")
    feed_networks: str = Field("", description="private networks that calendars may be read from: 192.168.1.0/24,...")
    lock_minutes: int = Field(15, ge=0, le=720, description="a desk left alone this long locks itself; 0: never")
    demonstration: bool = Field(False, description="set by `releve demo`: simulated patients may write")
    frozen_at: str = Field("", description="pictures only: the present stands still at this moment (ISO 8601)")
    show_messages: bool = Field(False, description="demonstration only: print what leaves by SMS or e-mail")
    debug: bool = Field(False, description="never true with real patients")

    @field_validator("frozen_at")
    @classmethod
    def _a_moment(cls, value: str) -> str:
        if value and datetime.fromisoformat(value).tzinfo is None:
            raise ValueError("has no offset; 2026-11-19T10:12+01:00 has one")
        return value

    @field_validator("feed_networks")
    @classmethod
    def _real_networks(cls, value: str) -> str:
        for name in _listed(value):
            ip_network(name)
        return value

    def networks(self) -> list[str]:
        return _listed(self.feed_networks)

    def allowed(self) -> list[str]:
        return _listed(self.allowed_hosts)


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def read() -> Environment:
    """Reads the environment; a `_FILE` variant wins over nothing, and both together are refused."""
    values: dict[str, Any] = {}
    for name in SECRETS:
        key = f"RELEVE_{name.upper()}"
        path = os.environ.get(f"{key}_FILE")
        if path and os.environ.get(key):
            raise ValueError(f"{key} and {key}_FILE are both set: keep one")
        if path:
            try:
                values[name] = Path(path).read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError):
                raise ValueError(f"{key}_FILE: {path} cannot be read") from None
    return Environment(**values)


def kept_secret(environment: Environment, name: str, make: Callable[[], str]) -> str:
    """A secret given by the environment, or made once and kept beside the data, readable by its owner only."""
    given: str = getattr(environment, name)
    if given:
        return given
    path = environment.data_dir / name
    if not path.exists():
        environment.data_dir.mkdir(parents=True, exist_ok=True)
        mine = path.with_suffix(f".{os.getpid()}")
        descriptor = os.open(mine, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(make())
        with contextlib.suppress(FileExistsError):  # the first of several processes wins
            os.link(mine, path)
        mine.unlink()
    return path.read_text(encoding="utf-8").strip()
