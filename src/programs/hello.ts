import { encodeUtf8 } from '../kernel/bytes.ts';
import type { Program } from '../kernel/program.ts';
import { instant } from './makers/instant.ts';

/** What the program of the hello-world image prints (docker-library/hello-world, amd64). */
const greeting = `
Hello from Docker!
This message shows that your installation appears to be working correctly.

To generate this message, Docker took the following steps:
 1. The Docker client contacted the Docker daemon.
 2. The Docker daemon pulled the "hello-world" image from the Docker Hub.
    (amd64)
 3. The Docker daemon created a new container from that image which runs the
    executable that produces the output you are currently reading.
 4. The Docker daemon streamed that output to the Docker client, which sent it
    to your terminal.

To try something more ambitious, you can run an Ubuntu container with:
 $ docker run -it ubuntu bash

Share images, automate workflows, and more with a free Docker ID:
 https://hub.docker.com/

For more examples and ideas, visit:
 https://docs.docker.com/get-started/

`;

/** The program `hello` (the executable /hello of the hello-world image). */
export const helloProgram: Program = instant({ name: 'hello', flavour: 'coreutils' }, (io) => {
  io.out(encodeUtf8(greeting));
  return 0;
});
