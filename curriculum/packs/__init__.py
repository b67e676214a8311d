"""Course packs: the YAML format, its reader, and the packs that ship with the product."""
