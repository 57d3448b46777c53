FROM busybox
ENV OLD value with spaces
LABEL old value here
EXPOSE 99
USER root:root
SHELL ["sh", "-c"]
ENTRYPOINT ["sh"]
CMD -c "echo $OLD"
RUN echo "$OLD" # not a comment
RUN touch /x; \
  # a comment
  true
