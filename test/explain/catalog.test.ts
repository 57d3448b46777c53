import { describe, expect, it } from 'vitest';
import type { Action, AnyStep, KnownStep } from '../../src/explain/actions.ts';
import { calls } from '../../src/explain/calls.ts';
import { en } from '../../src/explain/catalog/en.ts';
import { ko } from '../../src/explain/catalog/ko.ts';
import { explainStep } from '../../src/explain/full.ts';
import { requestKind, shortPath } from '../../src/explain/requests.ts';
import { layerTextsEn } from '../../src/explain/views/layer-texts.ts';
import { samples } from './samples.ts';

const actions = Object.keys(samples) as Action[];
const all: KnownStep[] = actions.flatMap((action) =>
  samples[action].map((data) => ({ at: 0, actor: 'kernel', action, data }) as AnyStep as KnownStep),
);
const broken = /undefined|NaN|\[object|\$\{| {2}|\.\.$|\s$/;
const doubleParticle = /은\(는\)|이\(가\)|을\(를\)|와\(과\)|\(으\)로/;

describe('the sentences', () => {
  it.each(all.map((step) => [`${step.action} ${JSON.stringify(step.data)}`, step] as const))('%s', (_name, step) => {
    const english = explainStep(step, en);
    const korean = explainStep(step, ko);
    expect(english.call).not.toMatch(broken);
    expect(english.sentence).not.toMatch(broken);
    expect(english.sentence).toMatch(/^(?:[A-Z/0-9]|docker|runc|containerd).*\.$/s);
    expect(english.sentence).not.toMatch(/[가-힣]/);
    expect(korean.sentence).not.toMatch(broken);
    expect(korean.sentence).toMatch(/[가-힣].*요[.)]*$/s);
    expect(korean.sentence).not.toMatch(doubleParticle);
    expect(korean.call).toBe(english.call);
  });

  it('exist for each call', () => {
    expect(Object.keys(en.sentences).sort()).toEqual(Object.keys(calls).sort());
    expect(Object.keys(ko.sentences).sort()).toEqual(Object.keys(calls).sort());
  });

  it('gloss the same words in both languages', () => {
    expect(Object.keys(ko.terms)).toEqual(Object.keys(en.terms));
    for (const { gloss } of Object.values(en.terms)) expect(gloss).toMatch(/\.$/);
    for (const { gloss } of Object.values(ko.terms)) expect(gloss).toMatch(/요\.$|\)\.$/);
  });

  it('agree with the number one', () => {
    const one = { image: 'app:1', bytes: 1, unpacked: 1 };
    expect(en.sentences['fetch-layers']({ ...one, fetched: 0, present: 1 })).toMatch(/^The one layer of app:1 is on/);
    expect(en.sentences['fetch-layers']({ ...one, fetched: 1, present: 1 })).toMatch(
      /1 layer of app:1 is .* 1 is here/,
    );
    expect(en.sentences['fetch-layers']({ ...one, fetched: 2, present: 0 })).toMatch(
      /2 layers of app:1 are .* 0 are here/,
    );
    expect(layerTextsEn.standIn({ files: 1 })).toMatch(/^1 file here stands in/);
  });

  it('say what a name stands for without taking it for a further one', () => {
    for (const { sentences } of [en, ko]) expect(sentences.tag(samples.tag[0])).not.toMatch(/one more|또 다른/);
  });

  it('keep the numbers of the step', () => {
    const [privileges] = samples['drop-privileges'];
    for (const catalog of [en, ko]) {
      const text = catalog.sentences['drop-privileges'](privileges);
      for (const number of ['41', '27', '14']) expect(text).toContain(number);
    }
  });
});

describe('requests', () => {
  it.each([
    ['HEAD', '/_ping', 'ping'],
    ['POST', '/v1.51/containers/create?name=a', 'create'],
    ['POST', '/containers/a/start', 'start'],
    ['POST', '/exec/e/start', 'exec-start'],
    ['POST', '/containers/a/exec', 'exec-create'],
    ['GET', '/containers/json?all=1', 'list'],
    ['GET', '/containers/json/json', 'inspect'],
    ['GET', '/images/library/alpine/json', 'inspect'],
    ['DELETE', '/containers/a?force=1', 'remove'],
    ['GET', '/info', 'other'],
  ])('%s %s is %s', (method, path, kind) => {
    expect(requestKind(method, path)).toBe(kind);
  });

  it('are cut where there is little room', () => {
    expect(shortPath(`/v1.51/containers/${'a'.repeat(64)}/start?x=1`)).toBe('…/start');
    expect(shortPath('/containers/create')).toBe('/containers/create');
  });
});
