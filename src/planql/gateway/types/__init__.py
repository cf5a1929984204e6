"""The schema's types: what answers look like, what questions are asked with.

Owns: names, descriptions and the mapping from the core's values, one noun per module.
Does not own: any computation.
"""
