import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { type ByteString, toUint8Array } from '../../../kernel/bytes.ts';
import { crc32 } from '../../../oci/gzip.ts';
import type { Natives } from '../core/lang.ts';
import { isTagged, type Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { raise, typeName } from './values.ts';

const hashes = { md5, sha1, sha224, sha256, sha384, sha512 } as const;

function bytesOf(vm: Vm, v: Value | undefined): ByteString {
  if (isTagged(v ?? null) && (v as { t: string }).t === 'bytes') return (v as { v: string }).v;
  return typeof v === 'string'
    ? raise(vm, 'TypeError', 'Strings must be encoded before hashing')
    : raise(vm, 'TypeError', `a bytes-like object is required, not '${typeName(vm, v ?? null)}'`);
}
const bytes = (v: ByteString): Value => ({ t: 'bytes', v });

/** What hashlib, binascii, secrets and uuid are written with in Python here. */
export const hashNatives: Natives = {
  '_digests.hex': (vm, [name = '', data]) => {
    const text = bytesOf(vm, data);
    vm.tick(text.length >> 2);
    const hash = Object.hasOwn(hashes, String(name)) ? hashes[name as keyof typeof hashes] : undefined;
    if (!hash) return raise(vm, 'ValueError', `unsupported hash type ${String(name)}`);
    return bytesToHex(hash(toUint8Array(text)));
  },
  '_digests.crc32': (vm, [data]) => {
    const text = bytesOf(vm, data);
    vm.tick(text.length >> 2);
    return crc32(text) >>> 0;
  },
  '_digests.to_base64': (vm, [data]) => bytes(btoa(bytesOf(vm, data))),
  '_digests.from_base64': (vm, [data]) => {
    const text = (typeof data === 'string' ? data : bytesOf(vm, data)).replace(/[^A-Za-z0-9+/]/g, '');
    return text.length % 4 === 1 ? null : bytes(atob(text));
  },
  // as many random bytes
  '_digests.random': (vm, [count = 0]) => {
    const size = Number(count);
    vm.tick(size);
    return bytes(
      Array.from({ length: Math.min(size, 65_536) }, () => String.fromCharCode(vm.sys.random() & 255)).join(''),
    );
  },
};
