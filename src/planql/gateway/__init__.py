"""The GraphQL API: HTTP endpoint, schema, queries, types, limits, GraphiQL.

Owns: how a question arrives, how an answer leaves, and the names of both.
Does not own: any rule about prices. Resolvers gather, call the core and map what it says.

::

    endpoint  reads a request, has it executed, answers
      negotiation  requests  refusals          the HTTP side
      documents  limits  measures  execution   the GraphQL side
    schema    queries/ and types/ over one immutable snapshot (`served`)
    application  routes, hosts, pages: what uvicorn runs
"""
