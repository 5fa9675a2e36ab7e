# One image for web, worker, scheduler and migrations; docker-compose.yml names the command of each.
# BASE_IMAGE may be any Debian (or Ubuntu) with Python 3.11 or newer, with or without pip.
ARG BASE_IMAGE=python:3.12-slim-bookworm
FROM ${BASE_IMAGE}

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PATH=/opt/venv/bin:$PATH

# The PDF engine's native libraries; python3-venv only where the base has no Python with a venv module.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 libfontconfig1 ca-certificates \
    && (python3 -c 'import ensurepip, venv' 2>/dev/null || apt-get install -y --no-install-recommends python3-venv) \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /srv/portal
COPY requirements.txt ./
RUN python3 -m venv /opt/venv \
    && /opt/venv/bin/python -m pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt

COPY . .
# Static files get hashed names now; the running containers have a read-only root.
RUN DATA_DIR=/tmp/build STATIC_ROOT=/srv/static STATIC_MANIFEST=1 python manage.py collectstatic --noinput --verbosity 0 \
    && rm -rf /tmp/build \
    && useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin portal \
    && install -d -o portal -g portal -m 750 /data

# The cache of fonts is written below HOME, the rest of what the portal keeps below DATA_DIR.
ENV DATA_DIR=/data STATIC_ROOT=/srv/static HOME=/tmp
USER portal
VOLUME /data
EXPOSE 8000

CMD ["gunicorn", "portal.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", \
     "--workers", "3", "--threads", "4", "--timeout", "120", "--worker-tmp-dir", "/dev/shm", \
     "--no-control-socket", "--access-logfile", "-"]
