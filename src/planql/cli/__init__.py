"""The command line: one thin module per command.

Owns: arguments, what is printed and how, exit codes (0 fine, 1 problems found, 2 wrong use or a
broken environment).
Does not own: any rule. A command gathers, calls the core, and renders.
"""
