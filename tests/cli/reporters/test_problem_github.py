"""Annotations of a pull request."""

from planql.cli.reporters.problem_github import annotations
from planql.problems import Place, Problem, Severity


def problem(line: int, severity: Severity = Severity.ERROR, message: str = "is wrong") -> Problem:
    """A problem in a line of one file."""
    place = Place("catalog/meters/m.json", line, 3, "/key")
    return Problem("invalid-key", message, place, "mend it", severity)


def test_an_annotation_names_file_line_and_column() -> None:
    """The message, its hint and where to read more stand on lines of their own."""
    (line,) = annotations([problem(4)])
    assert line == (
        "::error file=catalog/meters/m.json,line=4,col=3,title=invalid-key::"
        "is wrong%0Amend it%0Aplanql explain invalid-key"
    )


def test_what_would_end_a_command_is_escaped() -> None:
    """Per cent signs and line ends in messages, colons and commas in paths, too."""
    place = Place("a,b:c%/m.json", 1, 1)
    (line,) = annotations([Problem("x", "50 % off\r\nin all", place)])
    assert line == (
        "::error file=a%2Cb%3Ac%25/m.json,line=1,col=1,title=x::"
        "50 %25 off%0D%0Ain all%0Aplanql explain x"
    )


def test_errors_come_before_warnings() -> None:
    """A level has its own limit, and the worse level comes first."""
    told = list(annotations([problem(1, Severity.WARNING), problem(2)]))
    assert [line.partition(" ")[0] for line in told] == ["::error", "::warning"]


def test_ten_are_shown() -> None:
    """Exactly as many as a step can show need no other word."""
    assert len(list(annotations([problem(line) for line in range(1, 11)]))) == 10


def test_more_than_ten_are_counted() -> None:
    """The tenth annotation says how many there are besides."""
    told = list(annotations([problem(line) for line in range(1, 15)]))
    assert len(told) == 10
    assert told[-1] == "::error title=planql::and 5 more errors: planql validate"


def test_changed_lines_come_first() -> None:
    """What the pull request touched is shown, even when it comes last in the file."""
    problems = [problem(line) for line in range(1, 15)]
    told = list(annotations(problems, {"catalog/meters/m.json": {14}, "other.json": {2}}))
    assert ",line=14," in told[0]
    assert ",line=1," in told[1]
