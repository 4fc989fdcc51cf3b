# Builds with everything, ships with what runs: Node, the bundles, the production packages, the contract and the data.
FROM node:22-alpine AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json ./
COPY scripts scripts
COPY wsdl wsdl
COPY data/defaults data/defaults
COPY scenarios scenarios
COPY src src
RUN npm run build
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:22-alpine
ENV NODE_ENV=production \
    TWINTRACK_HOST=0.0.0.0
WORKDIR /app
# The mounted folders belong to the user that runs, so that an unnamed volume can be written to.
RUN mkdir /scenarios /state && chown node:node /scenarios /state
COPY LICENSE package.json ./
COPY scenarios scenarios
COPY --from=build /app/wsdl wsdl
COPY --from=build /app/data data
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
USER node
# Your own scenario: mount its folder at /scenarios and set TWINTRACK_SCENARIO=/scenarios/<file>.
# State that outlives the container: mount a volume at /state and set TWINTRACK_DATA=/state; in memory without it.
# Nothing else is written anywhere, so the root file system may be read-only.
VOLUME ["/scenarios", "/state"]
EXPOSE 8080
# A token that the twin made itself is not known here: being asked for it shows that it answers.
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s --retries=3 \
    CMD ["node", "-e", "const { TWINTRACK_PORT: port = 8080, TWINTRACK_ADMIN_TOKEN: token } = process.env; fetch(`http://127.0.0.1:${port}/__admin/health`, { headers: token ? { authorization: `Bearer ${token}` } : {} }).then((answer) => process.exit(answer.ok || answer.status === 401 ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/app/dist/cli/main.js"]
CMD ["serve"]
