"""The queue: huey on Redis is the doorbell, `public.outbox` is the memory."""

from huey import PriorityRedisHuey

from core.config import read_settings

#: Consumers run `tasks.worker`. Speech takes long and may wait; what a student looks at comes first.
huey = PriorityRedisHuey("lernejo", url=read_settings().redis_url, results=False)
