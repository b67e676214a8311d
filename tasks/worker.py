"""The worker's composition root: `huey_consumer tasks.worker.huey`."""

import logging

from core import clock, redis, storage
from core.config import read_settings
from core.db import db
from tasks import delivery, handlers  # noqa: F401  importing the handlers registers them
from tasks.queue import huey

__all__ = ["huey"]

settings = read_settings()
logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
logging.getLogger("huey").setLevel(logging.WARNING)
db.connect(settings)
redis.connect(settings)
storage.connect(settings.storage_url)
delivery.listen()


@huey.on_startup()
def catch_up() -> None:
    """What was left while no worker ran is rung for at once, not at the next minute."""
    for event in delivery.list_waiting(now=clock.now(), grace=delivery.GRACE * 0):
        delivery.ring(event)
