"""What `planql comment` is asked."""

import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from secrets import token_bytes

from planql.cli.impact_options import ImpactOptions
from planql.impact.review_records import Audience


@dataclass(frozen=True, slots=True)
class CommentOptions:
    """The options of `planql comment`; its help says what each is for."""

    base: str
    head: str | None
    catalog: Path
    as_of: datetime
    is_public: bool
    salt: str | None
    store: str | None
    usage: Path | None

    @property
    def audience(self) -> Audience:
        """Who reads the answer; without a salt the aliases of customers are new every time."""
        return Audience(self.is_public, self.salt.encode() if self.salt else token_bytes())

    @property
    def impact(self) -> ImpactOptions:
        """What is asked of the impact."""
        return ImpactOptions(self.as_of, store=self.store, usage=self.usage)

    def commands(self, *, is_comparable: bool) -> Iterator[str]:
        """How somebody with the repository gets the same; where customers are is not told.

        Args:
            is_comparable: Whether both catalogs can be read, so that they can be compared.
        """
        sides = [self.base, *([self.head] if self.head else [])]
        if self.catalog != Path("catalog"):
            sides += ["--catalog", self.catalog.as_posix()]
        now = ["--as-of", self.as_of.isoformat(timespec="seconds")]
        compared = shlex.join([*sides, *now])
        customers = ' --store "$PLANQL_STORE"' if self.store else ""
        customers += ' --usage "$USAGE"' if self.usage else ""
        base, dots, head = self.base.partition("...")
        if dots and not head:
            against = ["--base", base or "HEAD", *now]
            yield f"planql validate {shlex.join([self.catalog.as_posix(), *against])}"
        if is_comparable:
            yield f"planql diff {compared}"
            yield f"planql impact {compared}{customers}"
        yield f"planql comment {compared}{' --public' if self.is_public else ''}{customers}"
