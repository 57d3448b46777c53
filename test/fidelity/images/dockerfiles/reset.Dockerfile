FROM alpine AS base
CMD ["a"]
ENTRYPOINT ["b"]
EXPOSE 8000-8002
FROM base
ENTRYPOINT ["c"]
EXPOSE 9000
LABEL a="" b='single' "c d"=e\ f
VOLUME ["/x y", "/z"]
ENTRYPOINT []
