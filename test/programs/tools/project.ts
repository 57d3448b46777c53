// Runs a command in a container beside the files of a project.
import { type Outcome, Sandbox } from '../../support/sandbox.ts';

const sandbox = new Sandbox();

/** What a command line leaves and prints in a new container of an image, in /app with these files. */
export function inProject(image: string, files: { readonly [path: string]: string }, command: string): Outcome {
  const writes = Object.entries(files).map(([path, text]) => {
    const folder = path.includes('/') ? `mkdir -p ${path.slice(0, path.lastIndexOf('/'))}\n` : '';
    return `${folder}cat > ${path} <<'END OF FILE'\n${text}\nEND OF FILE\n`;
  });
  sandbox.docker('pull', '-q', image);
  return sandbox.docker('run', '--rm', '-w', '/app', image, 'sh', '-c', `${writes.join('')}${command}`);
}
