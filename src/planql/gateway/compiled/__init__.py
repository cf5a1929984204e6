"""The fast path: an operation becomes Python that reads the snapshot and returns dicts.

Owns: what is compiled, the compiled form of values, selections, arguments and variables, and what
is kept of answers inside a snapshot.
Does not own: what an answer says when anything goes wrong. graphql-core executes whatever is
unusual: introspection, mutations, unknown directives, null where none may be, a resolver that
raises. So errors are always the reference's, and a test holds that everything else is equal to it
byte for byte.

::

    document, operation name      operations   variables: coerced, as graphql-core does
          |                                    switches: the variables of @include and @skip
          v
    one program per switches      programs     selections -> functions of generated source
          |                                    completions, leaves   types -> expressions
          v                                    fields, arguments,    how a field is read
                                               literals
    bytes                         kept         fragments of what is lasting, whole answers

Nothing here decides about prices, and nothing from a request becomes source text but response
keys and variables' names, which are checked to be names.
"""
