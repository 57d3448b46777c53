FROM alpine
MAINTAINER Somebody <some@example.com>
ONBUILD COPY . /app
ONBUILD RUN ls /app
CMD []
