"""A company's prices as documents, and the snapshot of all of them at one commit.

Owns: the shape of every document, which document a path is, lookup by key and version, the rules
that a catalog must keep, JSON Schemas, the canonical layout.
Does not own: reading files and git (`planql.sources`), computing prices (`planql.rating`).

Invariants: a catalog is immutable; a published version never changes; what the rules let pass can
be rated and billed.
"""
