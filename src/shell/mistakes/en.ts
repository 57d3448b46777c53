import type { MistakeTexts } from './kinds.ts';

/** Why it is a mistake, in English. */
export const en: MistakeTexts = {
  'flags-after-image': ({ flag, image }) =>
    `What stands behind the image (${image}) is given to the program inside. ${flag} is meant for docker run: it belongs in front of the image.`,
  'port-reversed': ({ inside, host, image }) =>
    `-p takes HOST:CONTAINER. ${image} listens on ${host} inside, and ${inside} is the port for this computer: they are the wrong way round.`,
  'port-other': ({ inside, exposed, image }) =>
    `-p takes HOST:CONTAINER. ${image} says that it listens on ${exposed} inside (EXPOSE); whether anything listens on ${inside} is not known.`,
  'image-for-container': ({ image }) =>
    `${image} is an image: a template. Only a container, made from it, can do this; docker run makes one.`,
  'name-of-image': ({ image, container }) =>
    `${image} is an image. The container made from it has a name of its own: ${container}.`,
  'container-for-image': ({ container }) =>
    `${container} is a container. rmi removes images; containers are removed by rm.`,
  'tag-forgotten': ({ image, tags }) =>
    `Without a tag, ${image} means ${image}:latest, and that is not here. Here are: ${tags}.`,
  'unnamed-build': () => 'The new image has no name, only an id. -t gives it one.',
  'context-forgotten': () =>
    'docker build has to be told the folder with the Dockerfile and the files (the build context). The dot is the folder that you are in.',
  'server-in-front': ({ image }) =>
    `${image} is a server: it keeps this terminal until it ends (Ctrl-C). With -d it runs in the background.`,
  'prompt-typed': ({ mark }) => `The ${mark} in examples is the prompt: it is not typed.`,
  'output-typed': ({ word }) => `${word} is part of what docker printed, not a command.`,
  'docker-left-out': ({ verb }) => `${verb} is a command of docker.`,
  'hangul-typed': ({ word }) => `${word} was typed with the Korean keyboard layout on.`,
  'called-otherwise': ({ word }) => `${word} has another name in this shell.`,
  'docker-misspelt': ({ word }) => `There is no ${word}.`,
};
