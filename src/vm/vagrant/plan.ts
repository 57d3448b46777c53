import type { Sys } from '../../kernel/program.ts';
import type { Act, PlanName, PlanOptions } from './acts.ts';
import { type Look, type Target, targetNamed } from './look.ts';
import { planBooted, planDestroy, planHalt, planProvision, planResume } from './plan-booted.ts';
import { planStart, planUp } from './plan-up.ts';
import { findProject, projectFiles } from './project.ts';
import { failure } from './tell.ts';
import * as words from './words.ts';

const plans: { readonly [name in PlanName]: (look: Look, target: Target, options: PlanOptions) => readonly Act[] } = {
  up: planUp,
  start: planStart,
  booted: planBooted,
  provision: planProvision,
  halt: planHalt,
  destroy: planDestroy,
  resume: planResume,
};

/** What a plan comes to now, from the Vagrantfile and the machine as they are. */
export function plan(
  { plan: name, machine, options }: Act & { readonly do: 'plan' },
  env: { readonly [name: string]: string },
  sys: Sys,
): readonly Act[] {
  const project = findProject(projectFiles(sys), env);
  if (project === undefined) return failure(words.noProject);
  if (typeof project === 'string') return failure(project);
  const look = { sys, project };
  const target = targetNamed(look, machine);
  return target ? plans[name](look, target, options) : failure(words.machineNotFound(machine));
}
