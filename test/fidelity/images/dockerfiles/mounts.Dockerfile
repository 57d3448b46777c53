FROM alpine
ARG WHO=you
RUN --mount=type=cache,target=/cache --mount=type=tmpfs,target=/t echo $WHO > /cache/x
RUN --network=none true
COPY --link hello /linked/
ADD hello folder/ /added/
WORKDIR /added
