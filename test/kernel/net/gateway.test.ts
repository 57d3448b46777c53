import { expect, test } from 'vitest';
import { isErrno } from '../../../src/kernel/errno.ts';
import { setDefaultRoute } from '../../../src/kernel/net/gateway.ts';
import { ownInterface, stackOf } from '../../../src/kernel/net/interfaces.ts';
import { deliver } from '../../../src/kernel/net/route.ts';
import { container, lab } from './lab.ts';

test('the default route is replaced, and taken away', () => {
  const at = lab();
  const ns = container(at, '172.17.0.2/16');
  const defaults = () => stackOf(at.m, ns).routes.filter(({ to }) => to === 'default');
  setDefaultRoute(at.m, ns, { via: '172.17.0.9', dev: 'eth0' });
  expect(defaults()).toEqual([{ to: 'default', via: '172.17.0.9', dev: 'eth0' }]);
  setDefaultRoute(at.m, ns, undefined);
  expect(defaults()).toEqual([]);
  expect(deliver(at.m, ns, '8.8.8.8')).toMatchObject({ errno: 'ENETUNREACH' });
});

test('ports of a bridge that keeps them apart reach the bridge, and the host reaches them', () => {
  const at = lab();
  const [one, other] = [container(at, '172.17.0.2/16'), container(at, '172.17.0.3/16')];
  expect(isErrno(deliver(at.m, one, '172.17.0.3'))).toBe(false);
  Object.assign(ownInterface(at.m, at.host, 'docker0') ?? {}, { portsIsolated: true });
  expect(deliver(at.m, one, '172.17.0.3')).toMatchObject({ errno: 'ETIMEDOUT', reason: 'isolated' });
  expect(isErrno(deliver(at.m, one, '172.17.0.1'))).toBe(false);
  expect(isErrno(deliver(at.m, at.host, '172.17.0.3'))).toBe(false);
  expect(isErrno(deliver(at.m, other, '172.17.0.3'))).toBe(false);
});
