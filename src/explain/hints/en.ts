import { filtersOf } from './filters.ts';
import type { HintTexts } from './kinds.ts';

/** Advice in English. */
export const en: HintTexts = {
  'name-conflict': ({ name }) => ({
    why: `A name belongs to one container at a time, and ${name} exists already, perhaps stopped.`,
    tryThis: `docker ps -a shows it; docker rm ${name} frees the name (-f if it runs), or choose another --name.`,
  }),
  'invalid-name': () => ({
    why: 'A name is made of letters, digits, "_", "." and "-", at least two of them, and begins with a letter or digit.',
    tryThis: 'Choose a --name without spaces and other marks.',
  }),
  'no-such-container': ({ name }) => ({
    why: `The daemon has no container ${name}: mistyped, or removed (--rm removes it when it ends).`,
    tryThis: 'docker ps -a lists all containers, ended ones too.',
  }),
  'no-such-object': ({ name }) => ({
    why: `Neither a container nor an image nor anything else is called ${name}.`,
    tryThis: 'docker ps -a for containers, docker images for images.',
  }),
  'no-such-image': ({ name }) => ({
    why: `No image on this host is called ${name}. This command looks here only and asks no registry.`,
    tryThis: `docker images lists what is here; docker pull ${name} gets it, if a registry has it.`,
  }),
  'image-not-pulled': ({ name }) => ({
    why: `The image ${name} is not on this host, and the registry that was asked did not give it.`,
    tryThis: 'Check name and tag; docker images lists what is here.',
  }),
  'container-running': ({ name }) => ({
    why: `${name} is running: removing it would take the files from under a living process.`,
    tryThis: `docker stop ${name} first, or docker rm -f ${name} (SIGKILL, then remove).`,
  }),
  'container-not-running': ({ name }) => ({
    why: `${name} has no process at the moment: a container lives as long as its PID 1.`,
    tryThis: `docker start ${name}; if it ends at once, docker logs ${name} tells why.`,
  }),
  'container-paused': ({ name }) => ({
    why: `${name} is paused: its processes are frozen and get no CPU time.`,
    tryThis: `docker unpause ${name}`,
  }),
  'removal-in-progress': ({ name }) => ({
    why: `Another command is removing ${name} at this moment.`,
    tryThis: 'Nothing: it will be gone shortly.',
  }),
  'option-after-image': ({ option }) => ({
    why: `What stands after the image is the command to run inside, so ${option} was taken for a program.`,
    tryThis: `Put ${option} before the image: docker run ${option} … IMAGE`,
  }),
  'command-not-found': ({ command }) => ({
    why: `There is no ${command} in the image: only the image's files count, not those of this host.`,
    tryThis: 'Check the spelling; a pipe or "&&" needs a shell: sh -c \'…\'.',
  }),
  'is-a-directory': ({ path }) => ({
    why: `${path} is a directory; only a file can be executed.`,
    tryThis: 'Give the path of a program.',
  }),
  'permission-denied': ({ path }) => ({
    why: `${path} may not be executed by this user: the x bit is missing.`,
    tryThis: `chmod +x in the image, or run it with its interpreter: sh ${path}`,
  }),
  'no-command': () => ({
    why: 'The image names no program to run (neither CMD nor ENTRYPOINT), and neither did you.',
    tryThis: 'Add a command after the image.',
  }),
  'no-such-exec-dir': ({ path }) => ({
    why: `The working directory ${path} does not exist in the container.`,
    tryThis: 'Use -w with a path that exists.',
  }),
  'unknown-user': ({ user }) => ({
    why: `Names of users are looked up in the image's /etc/passwd, and ${user} is not in it.`,
    tryThis: 'Use a user of the image or a number: -u 1000',
  }),
  'working-dir': ({ path }) => ({
    why: `${path} is relative, and there is nothing that it could be relative to.`,
    tryThis: `-w /${path}`,
  }),
  'not-a-tty': () => ({
    why: '-t wants a terminal, but the input comes from a pipe or a file.',
    tryThis: 'Leave -t out and keep -i.',
  }),
  'port-taken': ({ port }) => ({
    why: `A port of the host has one listener at a time, and ${port} is taken, so the container did not start.`,
    tryThis:
      'docker ps shows who has it. Choose another host port; a container made without --rm is still there (docker ps -a): docker rm it first.',
  }),
  'port-on-host': ({ port }) => ({
    why: `A program of the host itself listens on port ${port}, not a container: docker ps does not show it.`,
    tryThis:
      'sudo ss -tlnp shows which program. Choose another host port or stop that program; a container made without --rm is still there (docker ps -a): docker rm it first.',
  }),
  'rate-limited': () => ({
    why: 'Docker Hub gives those who have not logged in only so many images in a few hours.',
    tryThis: 'docker login, then pull again; or use an image that is here already (docker images).',
  }),
  'registry-down': () => ({
    why: 'The registry was reached, but does not work now (503). Nothing is wrong with your command.',
    tryThis: 'Try again later. What is here already can still be run: docker images.',
  }),
  'disk-full': () => ({
    why: "The disk that has Docker's files on it is full.",
    tryThis: 'df -h / and docker system df show what takes how much; docker system prune removes what nobody uses.',
  }),
  'invalid-port': ({ port }) => ({
    why: `${port} is not a port mapping: -p takes [ADDRESS:]HOST-PORT:CONTAINER-PORT, ports from 1 to 65535, ranges of equal length.`,
    tryThis: '-p 8080:80',
  }),
  'network-in-use': ({ name, container }) => ({
    why: `The container ${container} runs on the network ${name}.`,
    tryThis: `docker network disconnect ${name} ${container}, or stop the container`,
  }),
  'network-exists': ({ name }) => ({ why: `There is a network ${name} already.`, tryThis: 'docker network ls' }),
  'pool-overlaps': () => ({
    why: 'Another network has some of these addresses: a packet could not know where to go.',
    tryThis: 'another --subnet, or none: the daemon picks a free one',
  }),
  'own-address': () => ({
    why: 'An address can be chosen only on a network whose --subnet you chose yourself.',
    tryThis: 'docker network create --subnet 10.20.0.0/24 mynet',
  }),
  'no-such-network': ({ name }) => ({
    why: `There is no network ${name}.`,
    tryThis: `docker network ls, or docker network create ${name}`,
  }),
  'memory-too-small': () => ({
    why: 'Docker refuses limits below 6 MB: hardly a process could start.',
    tryThis: '--memory 64m (m for MiB, g for GiB; without a letter it is bytes)',
  }),
  'too-many-cpus': () => ({
    why: 'More CPUs are asked for than the host has.',
    tryThis: 'nproc tells how many there are.',
  }),
  'invalid-signal': ({ signal }) => ({
    why: `No signal is called ${signal}.`,
    tryThis: 'TERM, INT, HUP, KILL, or a number.',
  }),
  'invalid-filter-value': ({ filter }) => ({
    why: `The filter ${filter} does not take this value.`,
    tryThis: "Docker's message says what is wrong with it.",
  }),
  'invalid-filter': ({ filter, request }) => ({
    why: `${filter} is not a filter of this command.`,
    tryThis: filtersOf(request)?.join(', ') ?? 'Each command has filters of its own: check the name, or leave it out.',
  }),
  'restart-and-rm': () => ({
    why: '--rm removes the container when it ends, --restart starts it again: both at once cannot be.',
    tryThis: 'Leave one of them out.',
  }),
  'conflicting-options': () => ({
    why: 'Two of the options contradict each other.',
    tryThis: 'Leave one of them out.',
  }),
  'restart-policy': () => ({
    why: 'That is not a restart policy.',
    tryThis: 'no, always, unless-stopped, on-failure or on-failure:3',
  }),
  'push-denied': () => ({
    why: 'On Docker Hub one may push only to repositories that begin with the name one is logged in with.',
    tryThis: 'docker login -u NAME, then docker tag IMAGE NAME/IMAGE and docker push NAME/IMAGE',
  }),
  'no-local-tag': ({ name }) => ({
    why: `What is pushed must be on this host under the very name that it is to have there, and nothing here is called ${name}.`,
    tryThis: `docker images, then docker tag IMAGE ${name}`,
  }),
  'no-registry': ({ address }) => ({
    why: `No registry listens on ${address}.`,
    tryThis: `drydock registry serve ${address}, or docker run -d -p 5000:5000 registry:2`,
  }),
  'http-registry': ({ address }) => ({
    why: `The registry on ${address} speaks plain HTTP. An engine accepts that from 127.0.0.0/8 only, unless its configuration names the address under insecure-registries.`,
    tryThis: 'use the same registry as 127.0.0.1:PORT or localhost:PORT',
  }),
  'login-needs-terminal': () => ({
    why: 'There is no terminal to ask for a name and a password.',
    tryThis: 'echo PASSWORD | docker login -u NAME --password-stdin (any password will do here)',
  }),
  'image-runs': ({ container }) => ({
    why: `The container ${container} runs on this image. Not even -f deletes an image from under a running container.`,
    tryThis: `docker stop ${container} and docker rm ${container}, or both at once with docker rm -f ${container}; then again.`,
  }),
  'image-in-use': ({ container }) => ({
    why: `The container ${container} was made from this image and stands on its layers, even if it does not run.`,
    tryThis: `docker rm ${container} first (-f if it runs), then again.`,
  }),
  'image-many-names': ({ image }) => ({
    why: `${image} has names in several repositories, and an id does not say which of them is to go.`,
    tryThis: `docker rmi NAME:TAG takes off one name; docker rmi -f ${image} takes them all off and deletes the image.`,
  }),
  'image-has-children': () => ({
    why: 'Another image here was made from this one and stands on its layers.',
    tryThis: 'docker rmi the image that was made from it first, then again.',
  }),
  'invalid-reference': () => ({
    why: 'That is not the name of an image: lower-case letters, digits and . _ - /, then perhaps :TAG.',
    tryThis: 'alpine, alpine:3.22 or registry.example:5000/team/app:1.0',
  }),
  'no-such-volume': ({ name }) => ({ why: `There is no volume ${name}.`, tryThis: 'docker volume ls' }),
  'volume-in-use': ({ name }) => ({
    why: `A container uses the volume ${name}, even if it does not run.`,
    tryThis: 'Remove the container first: docker ps -a',
  }),
  'bind-source-missing': ({ path }) => ({
    why: `--mount does not make the directory ${path} on the host.`,
    tryThis: 'Make it, or use -v, which makes it.',
  }),
  'env-file-missing': ({ path }) => ({
    why: `The client reads ${path} itself, and there is no such file.`,
    tryThis: 'Check the path: it counts from where you are.',
  }),
  'ps-columns': () => ({
    why: "docker top runs ps on the host and finds the container's lines by the column PID, which is missing here.",
    tryThis: 'Keep PID among the columns: docker top NAME -o pid,comm',
  }),
  'unknown-flag': ({ flag }) => ({
    why: `${flag} is not an option here: Docker does not have it, or drydock does not simulate it yet.`,
    tryThis:
      'The command with --help lists the options. Options for docker stand before the image, those for the program after it.',
  }),
  'flag-needs-value': ({ flag }) => ({
    why: `The option ${flag} wants a value after it.`,
    tryThis: 'See the command with --help.',
  }),
  'unknown-command': ({ command }) => ({
    why: `${command} is no command: Docker does not have it, or drydock does not simulate it yet.`,
    tryThis: 'drydock --help lists the commands.',
  }),
  'wrong-arguments': ({ command }) => ({
    why: 'The number of words does not fit the command.',
    tryThis: `${command} --help`,
  }),
  template: () => ({
    why: '--format takes a Go template: fields in double braces, with a capital first letter.',
    tryThis: "--format '{{.Names}}', or --format json to see all fields.",
  }),
  'bad-request': () => ({ why: 'The daemon finds the request itself wrong (400).' }),
  'not-found': () => ({ why: 'The daemon knows nothing by that name (404).', tryThis: 'docker ps -a, docker images' }),
  conflict: () => ({
    why: 'The request contradicts the state that things are in (409).',
    tryThis: 'docker ps -a shows the states.',
  }),
  'server-error': () => ({ why: 'The daemon understood the request, tried, and failed (500).' }),
};
