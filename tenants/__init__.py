"""The school: catalog, schemas, people, sign-in and classes."""
