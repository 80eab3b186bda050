# syntax=docker/dockerfile:1
# Two images: the last one, which is the default, for MySQL or a ClickHouse server; "embedded" (--target embedded) also holds ClickHouse in process.

# The current LTS.
ARG NODE=docker.io/library/node:26-slim

# What npm must see to know the workspaces; nothing else, so that a change of code does not install anew.
FROM ${NODE} AS manifests
WORKDIR /app
COPY package.json package-lock.json ./
COPY contract/package.json contract/
COPY tracker/package.json tracker/
COPY server/package.json server/
COPY dashboard/package.json dashboard/
COPY simulator/package.json simulator/
COPY e2e/package.json e2e/

# Tracker and dashboard: files that any Node serves.
FROM manifests AS build
ENV NUXT_TELEMETRY_DISABLED=1
RUN npm ci --no-audit --no-fund -w @footfall/contract -w @footfall/tracker -w @footfall/dashboard
COPY contract contract
COPY tracker tracker
COPY dashboard dashboard
RUN node tracker/build.ts && NODE_ENV=production node node_modules/nuxt/bin/nuxt.mjs generate dashboard

# The server runs from its sources. Optional packages are ClickHouse in process and the Node that Footfall brings along elsewhere.
FROM manifests AS packages
RUN npm ci --no-audit --no-fund --omit=dev --omit=optional -w @footfall/contract -w @footfall/simulator -w footfall

FROM manifests AS packages-embedded
RUN npm ci --no-audit --no-fund --omit=dev -w @footfall/contract -w @footfall/simulator -w footfall

FROM ${NODE} AS program
ENV NODE_ENV=production DATA_DIR=/data
WORKDIR /app
# A named volume takes the owner of the folder it covers: the user of the program may write there.
RUN mkdir /data && chown 1000:1000 /data && ln -s /app/server/bin/footfall.mjs /usr/local/bin/footfall
COPY package.json ./
COPY contract contract
COPY simulator simulator
COPY server server
COPY --from=build /app/tracker/dist tracker/dist
COPY --from=build /app/dashboard/.output/public dashboard/.output/public
USER 1000:1000
VOLUME /data
EXPOSE 3000
# Ready is more than alive: the parts it cannot do without answer.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://localhost:${process.env.PORT||3000}/health/ready`).then((r)=>process.exit(r.ok?0:1),()=>process.exit(1))"]
STOPSIGNAL SIGTERM
CMD ["node", "server/src/main.ts"]

FROM program AS embedded
COPY --from=packages-embedded /app/node_modules node_modules

FROM program AS server
COPY --from=packages /app/node_modules node_modules
