"""Ground that every room stands on: settings, database, tenancy, HTTP edge, identity, events, storage."""
