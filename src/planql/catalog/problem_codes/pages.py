"""The pages under docs/problems/, written from the table."""

from planql.catalog.problem_codes import AREAS, ProblemCode

NOTE = "<!-- Generated from planql.catalog.problem_codes by `make generate`. -->\n"


def page(code: ProblemCode) -> str:
    """The page about one code, in Markdown."""
    return f"""{NOTE}
# {code.code}

{code.title}

{code.why}

**Wrong**

```
{code.wrong}
```

**Right**

```
{code.right}
```

**How to mend it.** {code.mend}
"""


def index_page() -> str:
    """The list of all codes, by area, in Markdown."""
    areas = "\n".join(_area(name, codes) for name, codes in AREAS.items())
    return f"""{NOTE}
# Problems

What `planql validate` reports. `planql explain CODE` says the same on the command line.
Warnings do not make a catalog invalid.

{areas}"""


def _area(name: str, codes: tuple[ProblemCode, ...]) -> str:
    lines = "\n".join(f"* [{code.code}]({code.code}.md): {code.title}" for code in codes)
    return f"## {name}\n\n{lines}\n"
