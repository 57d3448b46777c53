FROM alpine
COPY --chown=nobody:nobody hello /a
COPY --chmod=755 hello /b
COPY --chown=1:2 --chmod=0640 hello folder /c/
ADD --chown=games hello /d
