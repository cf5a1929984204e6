# planql serve, as a user without rights. Build it with: docker build -t planql .
# python:3.11-slim-bookworm
FROM python:3.11-slim-bookworm@sha256:a36c24f9cbdf4fd0f52d67f0823eeac19c2028c637cecc392d97f980d4fec56b

COPY . /src
RUN sh /src/scripts/build_image.sh /opt/planql && rm -rf /src

ENV PATH=/opt/planql/bin:$PATH \
    HOME=/var/lib/planql \
    PYTHONDONTWRITEBYTECODE=1 \
    PLANQL_HOST=0.0.0.0 \
    PLANQL_PORT=8000 \
    PLANQL_LOG_FORMAT=json
USER 65532:65532
WORKDIR /var/lib/planql
VOLUME /var/lib/planql
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["python", "-c", "import os, urllib.request as u; u.urlopen('http://127.0.0.1:' + os.environ['PLANQL_PORT'] + '/healthz', timeout=2)"]
ENTRYPOINT ["planql", "serve"]
