import type { Command } from '../command.ts';
import { DockerfileError } from '../errors.ts';
import { trim } from '../spaces.ts';
import type { OnbuildInstruction, Written } from '../types.ts';
import { readFlags } from './flags.ts';

const wrong = (problem: string) => new DockerfileError('onbuild', problem);

/** ONBUILD: its trigger stays text, here-documents included, until an image is built on this one. */
export function readOnbuild({ args, flags, documents, original }: Command, written: Written): OnbuildInstruction {
  const [name] = args;
  if (name === undefined) throw wrong('ONBUILD requires at least one argument');
  readFlags(flags, {});
  const trigger = trim(name).toUpperCase();
  if (trigger === 'ONBUILD') throw wrong("Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed");
  if (trigger === 'MAINTAINER' || trigger === 'FROM') throw wrong(`${trigger} isn't allowed as an ONBUILD trigger`);
  const line = original.replace(/^[\t\n\f\r ]*ONBUILD[\t\n\f\r ]*/i, '');
  const expression = [line, ...documents.map((document) => `${document.content}${document.name}`)].join('\n');
  return { kind: 'onbuild', ...written, expression };
}
