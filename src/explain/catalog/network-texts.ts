import { among, type TextsOf } from './families.ts';

/** The steps of networks. */
const actions = {
  'network-create': true,
  'network-remove': true,
  'network-connect': true,
  'network-disconnect': true,
  link: true,
  'dns-names': true,
  'join-network': true,
  'list-networks': true,
  'network-prune': true,
} as const;

type NetworkAction = keyof typeof actions;

/** A text for each of them. */
export type NetworkTexts = TextsOf<NetworkAction>;

/** Is it about a network? */
export const isNetworkStep = among(actions);
