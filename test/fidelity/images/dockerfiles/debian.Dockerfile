FROM debian
ENV A=1
ENV A=2 B=${A}x
ENV PATH=/opt/bin:$PATH
RUN mkdir -p /opt/bin && echo $B > /opt/bin/b \
    && chmod 700 /opt/bin
WORKDIR opt
WORKDIR bin
USER 1000:1000
WORKDIR /home/me
RUN ["/bin/echo", "a \"b\"", "c\td"]
