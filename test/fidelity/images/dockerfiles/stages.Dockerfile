FROM alpine AS build
WORKDIR /src
COPY hello main
RUN cp main app
FROM build AS test
RUN test -f app
FROM busybox
COPY --from=build /src/app /usr/bin/app
COPY --from=build --chown=1000:1000 /src/main /main
ENTRYPOINT ["app"]
