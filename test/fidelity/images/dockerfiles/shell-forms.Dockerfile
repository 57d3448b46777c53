FROM busybox
CMD echo "a \"quoted\" word" $HOME && true
ENTRYPOINT exec top -b
