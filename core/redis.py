"""Redis: queue, ended sessions, limits. Nothing in it is the only copy."""

import redis

from core.config import Settings
from core.tenancy import Tenant

_clients: list[redis.Redis] = []


def connect(settings: Settings) -> None:
    """Point at a server; a hung Redis must cost a request two seconds at most."""
    _clients[:] = [redis.Redis.from_url(settings.redis_url, socket_timeout=2, socket_connect_timeout=2)]


def connection() -> redis.Redis:
    """The application's client."""
    return _clients[0]


def key(tenant: Tenant, *parts: str) -> str:
    """Every key of a school carries the school."""
    return ":".join((tenant.schema, *parts))
