# One image for the web server, the worker and the operator's commands; docs/runbooks/container.md tells how to run it.
# A registry mirror or a digest is named with --build-arg.
ARG NODE_IMAGE=node:24-bookworm-slim
ARG PYTHON_IMAGE=python:3.11-slim-bookworm


FROM ${NODE_IMAGE} AS spa
WORKDIR /build
# The packages before the sources: they change seldom, so a rebuild seldom installs them again.
COPY spa/package.json spa/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY spa/ ./
RUN npm run build


FROM ${PYTHON_IMAGE} AS packages
COPY requirements/product.lock /build/
# Wheels only, so that no compiler is missed; the venv has no pip, because nothing is installed later.
RUN python3 -m venv --without-pip /opt/venv \
    && python3 -m pip --python /opt/venv/bin/python install \
        --no-cache-dir --require-hashes --only-binary :all: --requirement /build/product.lock
COPY --from=spa /build/dist /build/dist
# A .gz and .br beside each file: the server then compresses nothing while it serves.
RUN /opt/venv/bin/python -m whitenoise.compress --quiet /build/dist


FROM ${PYTHON_IMAGE}
LABEL org.opencontainers.image.title="Lernejo" \
      org.opencontainers.image.description="A language-learning service that schools own" \
      org.opencontainers.image.licenses="AGPL-3.0-or-later"
ENV PATH="/opt/venv/bin:$PATH" \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
# Numbers, not names: volumes and orchestrators know the user by them.
RUN groupadd --gid 10001 lernejo \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin lernejo
WORKDIR /app
COPY --from=packages /opt/venv /opt/venv
COPY --from=packages /build/dist spa/dist
COPY core/ core/
COPY tenants/ tenants/
COPY curriculum/ curriculum/
COPY learners/ learners/
COPY analytics/ analytics/
COPY dashboard/ dashboard/
COPY tasks/ tasks/
COPY migrations/ migrations/
COPY deploy/ deploy/
COPY LICENSE openapi.json wsgi.py ./
# Whoever checked the sources out may have kept them to himself. And nothing is writable when it runs, so what Python
# would cache at the first start is made now.
RUN chmod -R a+rX . && python -m compileall -q .
USER 10001:10001
EXPOSE 8000
# No curl in the image, and no proxy setting of the environment may lead astray.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "from http.client import HTTPConnection as C; c = C('127.0.0.1', 8000, timeout=4); c.request('GET', '/healthz'); raise SystemExit(c.getresponse().status != 200)"]
# SIGTERM, the usual stop signal, ends the web server gracefully, and the worker too when it is started as in compose.yaml.
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "1", \
     "--blocking-threads", "8", "--no-ws", "--log-level", "warning", "--factory", "wsgi:create_app"]
