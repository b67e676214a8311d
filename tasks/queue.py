"""The queue: huey on Redis is the doorbell, `public.outbox` is the memory."""

from huey import PriorityRedisExpireHuey
from redis import ConnectionPool

from core.config import read_settings

# Ringing happens behind an answer, so a hung Redis may cost two seconds and no more, as in `core.redis`.
_pool = ConnectionPool.from_url(read_settings().redis_url, socket_timeout=2, socket_connect_timeout=2)

#: Consumers run `tasks.worker`. Speech takes long and may wait; what a student looks at comes first.
#: Of the kind whose keys expire: the locks of the other kind end by themselves only on Redis 7.4 and newer.
huey = PriorityRedisExpireHuey("lernejo", connection_pool=_pool, results=False)
