"""Charts: simulations and price curves as SVG and PNG, good enough for a slide.

Owns: what is drawn where, colours, fonts, axes, titles; the only import of matplotlib.
Does not own: any figure. Every sum is exact before it comes here; this is the one package with
floats in it, for they only place marks on paper.

Needs the optional extra `charts`, no display, and no network.
"""
