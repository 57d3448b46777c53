import type { VmActions } from '../../vm/actions.ts';
import type { KnownStep } from '../actions.ts';

/** The steps of virtual machines beyond switching on, booting and switching off. */
export type MachineAction = Exclude<
  keyof VmActions,
  'vm-power-on' | 'vm-stage' | 'vm-power-off' | 'vm-list' | 'vm-remove'
>;

/** A text for each of them. */
export type MachineTexts = { readonly [A in MachineAction]: (d: VmActions[A]) => string };

/** A step of them. */
export type MachineStep = Extract<KnownStep, { readonly action: MachineAction }>;

const actions: { readonly [A in MachineAction]: true } = {
  'vm-metal-on': true,
  'vm-no-medium': true,
  'vm-reboot': true,
  'vm-hold': true,
  'vm-snapshot': true,
  'vm-define': true,
  'vm-address': true,
  'vm-share': true,
  'guest-login': true,
  'vm-install': true,
  'vagrant-read': true,
  'vagrant-import': true,
  'vagrant-provision': true,
};

/** Is it one of them? */
export function isMachineStep(step: KnownStep): step is MachineStep {
  return Object.hasOwn(actions, step.action);
}

/** The text of a step. */
export function machineText(texts: MachineTexts, step: MachineStep): string {
  return (texts[step.action] as (d: MachineStep['data']) => string)(step.data);
}
