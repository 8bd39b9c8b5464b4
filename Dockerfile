# Countersign with an external Postgres. Not built or run where it was written: no Docker engine there.
FROM node:24-slim AS build
WORKDIR /build
COPY . .
RUN npm ci && npm pack --pack-destination /tmp

FROM node:24-slim
COPY --from=build /tmp/countersign-*.tgz /tmp/
# The embedded Postgres is an optional dependency: with a database of its own beside it, the image goes without.
RUN npm install --global --omit=optional /tmp/countersign-*.tgz && rm /tmp/countersign-*.tgz
USER node
EXPOSE 4270
# COUNTERSIGN_DATABASE_URL names the database. Off loopback nothing answers without a token: make the first one with
# `docker compose exec app countersign token create NAME --server http://127.0.0.1:4270`.
CMD ["countersign", "serve", "--host", "0.0.0.0"]
