"""What whoever runs the server needs: is it well, what did it do, and how does it stop.

Owns: request ids, the line and the numbers of each request, spans, probes, `/metrics`, logs.
Does not own: processes, sockets and signals (`planql.cli`), what is answered (the rest of the
gateway, which writes into the `notes` of a request what only it knows).

::

    observing     when a request is over: its line, numbers and span
      notes  request_ids     what is known of a request; never its body, variables or secrets
      request_log  log_lines  redaction      one line, as JSON or as text
      metrics  catalog_metrics               Prometheus
      tracing  otel                          a span per operation; only it imports OpenTelemetry
    probes        /healthz, /readyz, /metrics for the holder of its token
      readiness  lifecycle   whether requests should be sent here
"""
