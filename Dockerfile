FROM python:3.12-slim AS build

# Options for the one `pip install` of PyTorch, such as an index of CPU builds:
# docker build --build-arg TORCH_FLAGS="--index-url URL" .
ARG TORCH_FLAGS=""
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1

# A compiler for libraries that have no ready build for this processor; it stays in this stage.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends gcc libc6-dev \
    && rm -rf /var/lib/apt/lists/*

RUN python -m venv /opt/cancu
ENV PATH=/opt/cancu/bin:$PATH
WORKDIR /app

# The libraries change seldom, so they come before our own code.
COPY constraints.txt ./
RUN pip install $TORCH_FLAGS -c constraints.txt torch==2.13.0
COPY pyproject.toml README.md LICENSE ./
RUN pip install -c constraints.txt . && pip uninstall --yes cancu && rm -rf build

# Editable, as `make install` does it: samples and prompts lie beside the code.
COPY bot ./bot
COPY retrieval ./retrieval
COPY corpus ./corpus
COPY prompts ./prompts
RUN pip install --no-deps -e . && python -m compileall -q bot retrieval corpus prompts


FROM python:3.12-slim

RUN apt-get update \
    && apt-get install --yes --no-install-recommends libgomp1 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin cancu \
    && install --directory --owner=cancu --group=cancu /data

COPY --from=build /opt/cancu /opt/cancu
COPY --from=build /app /app

# Everything that is written goes to /data (and /tmp); the rest may be mounted read-only.
ENV PATH=/opt/cancu/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    CANCU_DATA_DIR=/data
WORKDIR /app
USER cancu
VOLUME /data

HEALTHCHECK --interval=5m --timeout=1m --start-period=2m --retries=3 CMD ["cancu", "doctor"]
ENTRYPOINT ["cancu"]
CMD ["serve"]
