import type { StageId } from '../../vm/stages.ts';
import type { Actions } from '../actions.ts';

/** What a stage of a boot is told with. */
export type StageData = Actions['vm-stage'];

/** A text for each step of a hypervisor and of its machines. */
export interface VmTexts {
  readonly powerOn: (d: Actions['vm-power-on']) => string;
  readonly stages: { readonly [S in StageId]: (d: StageData) => string };
  readonly powerOff: (d: Actions['vm-power-off']) => string;
  readonly list: (d: Actions['vm-list']) => string;
  readonly remove: (d: Actions['vm-remove']) => string;
}

/** The brief ones: the stages of each actor are one line, told when the last of them is reached. */
export interface VmBriefs extends Omit<VmTexts, 'stages'> {
  readonly stages: { readonly [actor: string]: (d: StageData) => string };
}

/** The same as sentences of a catalog. */
export function vmSentences(texts: VmTexts) {
  return {
    'vm-power-on': texts.powerOn,
    'vm-stage': (d: StageData) => texts.stages[d.stage](d),
    'vm-power-off': texts.powerOff,
    'vm-list': texts.list,
    'vm-remove': texts.remove,
  };
}
