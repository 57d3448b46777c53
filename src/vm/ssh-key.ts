const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** A public key as OpenSSH writes one of type ed25519: its 32 bytes are of chance (`random`), nothing is signed with it here. */
export function publicKey(random: () => number): string {
  let key = '';
  for (let i = 0; i < 43; i++) key += letters.charAt(random() % 64);
  return `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${key}`;
}
