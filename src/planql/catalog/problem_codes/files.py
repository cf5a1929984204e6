"""Mistakes about a file as a whole."""

from typing import Final

from planql.catalog.problem_codes.base import ProblemCode

FILES: Final = (
    ProblemCode(
        "not-a-catalog",
        "A catalog is a directory that holds `catalog.json`.",
        "Without it nobody can tell a catalog from any other directory, nor which format it has.",
        "(no catalog.json)",
        '{"format": 1, "name": "Acme", "time_zone": "UTC"}',
        "Add `catalog.json`, or name the directory that holds it: `planql validate path/to/it`.",
    ),
    ProblemCode(
        "unexpected-file",
        "A catalog holds only documents, each in the folder of its kind.",
        "A file in a folder that planql does not read looks like a price and is none.",
        "plans/pro.json",
        "rate-plans/pro/v1.json",
        "Move the file to the folder of its kind, correct the folder's name, or take it out.",
    ),
    ProblemCode(
        "wrong-file-name",
        "A document is called as its key says; version N of a rate plan is `<key>/v<N>.json`.",
        "People find prices by path: a file that says one thing and is called another misleads "
        "them, and two files could claim one key.",
        'meters/tokens.json: {"key": "token"}',
        'meters/tokens.json: {"key": "tokens"}',
        "Rename the file or the folder, or correct `key` or `version` inside it.",
    ),
    ProblemCode(
        "duplicate-key",
        "No two documents of a kind have the same key (rate plans: key and version).",
        "A reference to the key would mean two things.",
        'meters/a.json: {"key": "tokens"}   meters/b.json: {"key": "tokens"}',
        'meters/tokens.json: {"key": "tokens"}   meters/words.json: {"key": "words"}',
        "Give one of them another key, or remove it. The report names the other file.",
    ),
    ProblemCode(
        "wrong-schema",
        "`$schema`, when it is there at all, names the schema of the document's kind.",
        "An editor would check the document against the rules of another kind.",
        '{"$schema": "../../schema/meter.schema.json", "key": "support", "name": "Support"}',
        '{"$schema": "../../schema/product.schema.json", "key": "support", "name": "Support"}',
        "End the path in `<kind>.schema.json`, or leave `$schema` out.",
    ),
    ProblemCode(
        "not-utf-8",
        "Files are UTF-8 text.",
        "Bytes in another encoding stand for different letters on different machines.",
        "a file saved as Latin-1 or UTF-16",
        "the same file saved as UTF-8",
        "Save the file as UTF-8; most editors offer it under `Save with encoding`.",
    ),
    ProblemCode(
        "empty-file",
        "A file holds one JSON document.",
        "An empty file is usually one that was not saved.",
        "(nothing)",
        '{"key": "support", "name": "Support"}',
        "Write the document, or delete the file.",
    ),
    ProblemCode(
        "json-syntax",
        "A file is JSON: double quotes, no comments, no comma after the last member.",
        "A document that cannot be read has no prices.",
        '{"key": "support", "name": "Support",}',
        '{"key": "support", "name": "Support"}',
        "Look at the place reported and right before it: a comma, a quote or a bracket is "
        "missing or too much.",
    ),
    ProblemCode(
        "repeated-key",
        "A member stands once in an object.",
        "JSON readers silently keep one of the two, so half of them would see another price.",
        '{"unit_amount": "1.00", "unit_amount": "2.00"}',
        '{"unit_amount": "2.00"}',
        "Remove one of the two members.",
    ),
    ProblemCode(
        "nested-too-deeply",
        "Lists and objects are nested at most 100 deep.",
        "No document needs that; a text of brackets alone could exhaust the machine.",
        "[[[[… (101 brackets)",
        '{"and": [{"or": […]}]}',
        "Take out the brackets that are too much.",
    ),
    ProblemCode(
        "lone-surrogate",
        r"`\ud800` to `\udfff` stand in pairs.",
        "Half of a character cannot be shown, nor written to a file.",
        r'{"name": "Pro \ud83d"}',
        r'{"name": "Pro \ud83d\ude80"}',
        "Write the character itself; files are UTF-8.",
    ),
    ProblemCode(
        "not-a-file",
        "A catalog is made of plain files: no symbolic links, no devices.",
        "A link may lead out of the repository, to a price that nobody reviewed.",
        "meters/tokens.json -> ../../elsewhere.json",
        "meters/tokens.json",
        "Put the file itself in the place of the link.",
    ),
    ProblemCode(
        "unreadable-file",
        "Every file and folder of a catalog can be read.",
        "A price that cannot be read cannot be billed.",
        "a file without read permission, or missing from a partial clone",
        "the same file, readable",
        "Give yourself permission to read it; in git, fetch the repository again.",
    ),
    ProblemCode(
        "file-too-large",
        "A document has at most 10,000,000 bytes.",
        "No price list is that large; it is another kind of file.",
        "meters/tokens.json with 11,000,000 bytes",
        "meters/tokens.json with 2,000 bytes",
        "Move the file out of the catalog.",
    ),
)
