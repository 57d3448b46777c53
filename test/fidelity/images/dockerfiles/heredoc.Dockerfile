FROM alpine
RUN <<END
set -e
echo one > /one
END
COPY <<a <<"b" /etc/both/
first
a
second $HOME
b
RUN cat <<x | sh
echo hi
x
