import type { ContainerProcess, HostProcess, ProcessTree } from '../../engine/containers/process-tree.ts';
import { wrap } from '../width.ts';
import { type Branch, drawBranches, onPage } from './branches.ts';
import type { ViewOptions } from './options.ts';
import { type ProcessTexts, processTextsEn, processTextsKo } from './process-texts.ts';

/** The processes of a host as a tree, those of containers with their numbers inside and the namespaces they are in. */
export function processesView(tree: ProcessTree, options: ViewOptions): string[] {
  const texts = options.lang === 'ko' ? processTextsKo : processTextsEn;
  const say = (text: string) => wrap(onPage(text, options.plain), options.width);
  const roots = tree.roots.map((process) => branch(process, texts));
  const last = tree.inContainers > 0 ? texts.summary : texts.noContainers;
  return [...say(texts.heading(tree)), '', ...drawBranches(roots, options), '', ...say(last)];
}

function branch({ children, command, container, pid, zombie }: HostProcess, texts: ProcessTexts): Branch {
  const parts = [String(pid), shortened(command), ...(zombie ? [texts.zombie] : [])];
  if (container) parts.push(texts.inside({ container: container.name, pid: container.pid }));
  return {
    text: parts.join(' '),
    notes: container ? namespaceNotes(container, texts) : [],
    children: children.map((child) => branch(child, texts)),
  };
}

function namespaceNotes({ namespaces }: ContainerProcess, texts: ProcessTexts): readonly string[] {
  if (!namespaces) return [];
  const { own, withHost, withOther } = namespaces;
  return [
    ...(own.length > 0 ? [texts.own({ kinds: own })] : []),
    ...withOther.map(texts.withOther),
    ...(withHost.length > 0 ? [texts.withHost({ kinds: withHost })] : []),
  ];
}

const longest = 60;

/** A command line in one line, cut where it is long. */
function shortened(command: string): string {
  const line = command.replace(/\s+/g, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}
