FROM alpine
HEALTHCHECK --interval=5m --timeout=3s --start-period=1s --start-interval=2s --retries=2 CMD ["wget", "-q", "localhost"]
