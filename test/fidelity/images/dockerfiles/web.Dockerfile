FROM alpine
LABEL org.opencontainers.image.title="A web server" maintainer=me
ENV PORT=8080 GREETING="hello world"
EXPOSE 80 443/tcp 53/udp
VOLUME /data /var/log
USER nobody
WORKDIR /srv
STOPSIGNAL SIGQUIT
ENTRYPOINT ["/bin/httpd", "-f"]
CMD ["-p", "8080"]
