"""The mutations: what is stored changes, the catalog never does.

Owns: names, arguments and descriptions of the mutations.
Does not own: any rule; `planql.stores.changes` computes first and stores only what can be billed.
"""
