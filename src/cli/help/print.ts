import { encodeUtf8 } from '../../kernel/bytes.ts';
import { isErrno } from '../../kernel/errno.ts';
import { type Client, complain, say } from '../client.ts';
import type { HelpWanted } from '../resolve.ts';
import { helpText } from './tree.ts';

/** Prints a command's help; as wide as the terminal behind standard input, else 80 columns. */
export function printHelp(client: Client, wanted: HelpWanted & { readonly folder: string }): { readonly exit: number } {
  for (const line of wanted.before) say(client, line);
  const size = client.sys.isatty(0) ? client.sys.winsize(0) : undefined;
  const width = size === undefined || isErrno(size) || size.cols === 0 ? 80 : size.cols;
  const text = wanted.path === 'help' ? 'Usage:  docker help [command]\n\nHelp about the command\n' : undefined;
  const help = text ?? helpText(wanted.path, { width, configFolder: wanted.folder });
  client.output.push([wanted.fd, encodeUtf8(help)]);
  if (wanted.after !== undefined) complain(client, wanted.after);
  return { exit: wanted.exit };
}
