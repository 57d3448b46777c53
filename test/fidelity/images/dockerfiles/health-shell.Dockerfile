FROM busybox
HEALTHCHECK --timeout=1500ms CMD wget -q localhost || exit 1
STOPSIGNAL 9
