"""The GraphQL API: HTTP endpoint, schema, queries, mutations, types, limits, GraphiQL, usage.

Owns: how a question arrives, how an answer leaves, and the names of both.
Does not own: any rule about prices. Resolvers gather, call the core and map what it says.

::

    endpoint  reads a request, has it executed, answers
      negotiation  requests  refusals          the HTTP side
      documents  limits  measures  execution   the GraphQL side
    schema    queries/, mutations/ and types/ over one immutable snapshot (`served`),
              and over the database where there is one (`stored`)
    usage_endpoint    CloudEvents and JSON lines at `/usage`
    application  routes, hosts, pages: what uvicorn runs
"""
