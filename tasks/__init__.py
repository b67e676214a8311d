"""Work after the commit: the outbox is delivered to huey jobs."""
