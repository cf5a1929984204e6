"""The queries: gather what is needed, call the core, map what it says.

Owns: names, arguments and descriptions of the queries.
Does not own: any rule; a mistake that the core finds goes out as a typed error.
"""
