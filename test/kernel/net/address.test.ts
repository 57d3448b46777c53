import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { broadcastOf, formatAddress, networkOf, parseAddress, parseCidr } from '../../../src/kernel/net/address.ts';

describe('IPv4 addresses', () => {
  test('every one is read as it is written', () => {
    fc.assert(fc.property(fc.nat(2 ** 32 - 1), (bits) => parseAddress(formatAddress(bits)) === bits));
  });

  test('short forms as inet_aton(3) reads them', () => {
    expect(['127.1', '10.258', '1.2.772', '16909060', '0', '0.0.0.0'].map(parseAddress)).toEqual([
      0x7f_00_00_01, 0x0a_00_01_02, 0x01_02_03_04, 0x01_02_03_04, 0, 0,
    ]);
  });

  test.each([
    '',
    '.',
    '1.',
    '.1',
    '1..2',
    '1.2.3.4.5',
    '1.2.3.256',
    '256.1',
    '1.2.65536',
    '4294967296',
    '01.2.3.4',
    '1.2.3.00',
    ' 1.2.3.4',
    '1.2.3.4 ',
    '1.2.3.x',
    '1.2.3.-4',
  ])('%j is none', (text) => {
    expect(parseAddress(text)).toBeUndefined();
  });

  test('networks', () => {
    expect(parseCidr('172.17.0.2/16')).toEqual({ ip: '172.17.0.2', prefix: 16 });
    expect([parseCidr('172.17.2/16'), parseCidr('172.17.0.2/33')]).toEqual([undefined, undefined]);
    expect([networkOf('172.17.9.2', 16), broadcastOf('172.17.9.2', 16)]).toEqual(['172.17.0.0', '172.17.255.255']);
  });
});
