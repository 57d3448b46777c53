import type { ShellTexts } from './texts.ts';

/** The classroom shell in English. */
export const en: ShellTexts = {
  greeting:
    'This is a simulated computer with Docker on it: nothing you do here reaches the real one. help: what there is, exit: leave.',
  help: [
    'To try',
    ['docker run --rm alpine echo hello', 'a first container'],
    ['docker build -t hello projects/hello', 'an image from a Dockerfile'],
    ['docker rm -f $(docker ps -aq)', 'pipes, $( ), for and redirections work across commands'],
    'To understand',
    ['why', 'every step of the last docker command, with the calls'],
    ['explain off|brief|full', 'how much is explained; Ctrl-O folds and unfolds it'],
    ['explain docker run …', 'what a command would do, without doing it'],
    ['layers IMAGE', 'an image as a stack of layers'],
    ['net  processes  disk', "pictures of the host's network, processes and disk"],
    ['compare nginx', 'the same work as a process, a container, a virtual machine'],
    ['cache why [STEP]', 'why a step of the last build was (not) taken from the cache'],
    ['vm', 'what the last command would be on a virtual machine'],
    ['vm boot|list|stop|rm', 'a virtual machine, to compare'],
    'To go back',
    ['undo  redo', 'take the last command back, and do it again'],
    ['reset', 'a new computer'],
    'To work',
    ['edit FILE', 'edit a file (also nano, vi)'],
    ['scenario list|run NAME', 'lessons'],
    ['Tab  Up  Ctrl-R', 'complete, earlier lines, look for an earlier line'],
    ['exit', 'leave (Ctrl-D); everything is kept'],
  ],
  folded: 'Explanations are folded. Ctrl-O unfolds them.',
  unfolded: 'Explanations are shown again. Ctrl-O folds them.',
  foldedLine: ({ lines }) =>
    lines === 1 ? '1 line of explanation (Ctrl-O)' : `${lines} lines of explanation (Ctrl-O)`,
  nothingToUnfold: 'Nothing has been explained yet.',
  level: {
    off: 'Nothing is explained any more; why still tells everything.',
    brief: 'Commands are explained briefly.',
    full: 'Every step of a command is explained.',
  },
  explainUsage: 'explain: off, brief, full, or a docker command to explain without doing it',
  editUsage: 'edit: which file? edit FILE',
  layersUsage: 'layers: of which image? layers IMAGE',
  notHere: ({ command }) => `${command}: not in this shell; leave it (exit) and use drydock ${command}`,
  noScenario: ({ name }) =>
    `${name}: there is no such scenario; scenario list shows what there is. One of your own: leave (exit) and use drydock scenario run ${name}`,
  otherLesson: 'first finish this lesson, or leave it (q)',
  whichShell: ({ verb, shell }) => `${verb}: ${shell} is not one of bash, zsh, fish, powershell`,
  startedAnew: 'The session was changed from elsewhere: this is a new shell on it.',
  openNeedsTerminal: 'shell: --open is for the shell on a terminal, without -c',
  resetDone: 'A new computer. undo brings the old one back.',
  opened: ({ folder, path, files }) =>
    `${folder} is in ${path} (${files === 1 ? '1 file' : `${files} files`}), as a copy: whatever you do with it, the real folder stays as it is.`,
  leftOut: ({ count }) =>
    `${count === 1 ? '1 entry was' : `${count} entries were`} left out: links that lead out of the folder, devices, or what cannot be read.`,
  notOpened: {
    missing: ({ folder }) => `--open: there is no folder ${folder}`,
    'no-folder': ({ folder }) => `--open: ${folder} is not a folder`,
    'too-large': ({ folder }) => `--open: ${folder} is too large (at most 64 MB and 10,000 files)`,
    'bad-name': ({ folder }) => `--open: ${folder} has no name that it could have in the home folder`,
  },
};
