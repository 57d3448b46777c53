import type { VmActions } from '../../vm/actions.ts';
import { among, type TextsOf } from './families.ts';

/** The steps of virtual machines beyond switching on, booting and switching off. */
export type MachineAction = Exclude<
  keyof VmActions,
  'vm-power-on' | 'vm-stage' | 'vm-power-off' | 'vm-list' | 'vm-remove'
>;

/** A text for each of them. */
export type MachineTexts = TextsOf<MachineAction>;

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
export const isMachineStep = among(actions);
