# The service as an image: `docker build -t matcher .`; with its database: compose.yaml.
# Not built in CI, whose machine has no container engine. What can be checked without one is checked by
# tests/architecture/test_container.py: what is copied is there, settings exist, nobody is root.

FROM python:3.11.13-slim-bookworm AS build
WORKDIR /source
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY api api
COPY data data
COPY matcher matcher
COPY models models
RUN python -m venv /opt/matcher \
 && /opt/matcher/bin/pip install --no-cache-dir --constraint constraints.txt '.[postgres]'

FROM python:3.11.13-slim-bookworm
# LightGBM needs the OpenMP library, which the slim image lacks.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libgomp1 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin matcher \
 && install --directory --owner matcher --group matcher --mode 0700 /var/lib/matcher
COPY --from=build /opt/matcher /opt/matcher
ENV PATH=/opt/matcher/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    OMP_NUM_THREADS=1 \
    OPENBLAS_NUM_THREADS=1 \
    MATCHER_DATA_DIR=/var/lib/matcher \
    MATCHER_HOST=0.0.0.0 \
    MATCHER_PORT=8000
USER 10001
WORKDIR /var/lib/matcher
VOLUME /var/lib/matcher
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=120s --retries=3 \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health/ready', timeout=4)"]
CMD ["matcher", "serve"]
