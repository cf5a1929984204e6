"""How results look: text for people, JSON for programs.

Owns: words, columns, colours.
Does not own: any figure; what is shown was computed before.
"""
