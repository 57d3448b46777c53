/** What lies in a learner's home folder at first: path → content. */
export const homeFiles: { readonly [path: string]: string } = {
  'projects/README': `Two small projects to build. / 빌드해 볼 작은 프로젝트 두 개예요.

  docker build -t hello projects/hello
  docker run --rm hello

  docker build -t site projects/site
  docker run -d -p 8080:80 --name site site
  curl localhost:8080
`,
  'projects/hello/Dockerfile': `FROM alpine:latest
COPY greet.sh /usr/local/bin/greet
ENV NAME=world
CMD ["greet"]
`,
  'projects/hello/greet.sh': `#!/bin/sh
echo "Hello, $NAME! This is $(hostname), with the kernel of $(uname -sr)."
`,
  'projects/site/Dockerfile': `FROM nginx:latest
COPY pages/ /usr/share/nginx/html/
EXPOSE 80
`,
  'projects/site/.dockerignore': `notes.txt
`,
  'projects/site/notes.txt': `Not for the image: see .dockerignore.
`,
  'projects/site/pages/index.html': `<!doctype html>
<title>Harbour</title>
<h1>Harbour</h1>
<p>Two of three berths are free.</p>
`,
  'projects/site/pages/style.css': `body { font-family: sans-serif; margin: 2rem; }
`,
};
