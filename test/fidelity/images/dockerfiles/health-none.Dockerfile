FROM alpine
HEALTHCHECK NONE
SHELL ["/bin/ash", "-eo", "pipefail", "-c"]
RUN echo a | cat
CMD ls -l
