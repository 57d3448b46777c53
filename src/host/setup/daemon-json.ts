import type { Machine } from '../../kernel/machine.ts';
import { hostText } from '../../programs/accounts.ts';

const path = '/etc/docker/daemon.json';

/** Settings that dockerd has and that are not simulated: it does not start with them rather than pretend. */
const others =
  /^(?:bip|bridge|data-root|debug|default-address-pools|default-ulimits|dns|dns-opts|dns-search|exec-opts|experimental|features|fixed-cidr|hosts|icc|init|iptables|ip6tables|ipv6|labels|live-restore|log-driver|log-level|log-opts|max-concurrent-downloads|max-concurrent-uploads|metrics-addr|mtu|proxies|registry-mirrors|runtimes|selinux-enabled|storage-driver|storage-opts|tls|tlscacert|tlscert|tlskey|tlsverify|userland-proxy|userns-remap|builder|group|pidfile|shutdown-timeout)$/;

/** What /etc/docker/daemon.json says, or why dockerd does not start with it (the last line that it logs). */
export function daemonSettings(m: Machine): { readonly insecure: readonly string[] } | { readonly wrong: string } {
  const text = hostText(m, path);
  if (text === undefined) return { insecure: [] };
  const cannot = (why: string) => ({ wrong: `unable to configure the Docker daemon with file ${path}: ${why}` });
  if (text.trim() === '') return { insecure: [] };
  let settings: { readonly [name: string]: unknown };
  try {
    settings = JSON.parse(text) as typeof settings;
  } catch {
    return cannot(mistakeIn(text));
  }
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings)) {
    return cannot('json: cannot unmarshal into Go value of type map[string]interface {}');
  }
  const unknown = Object.keys(settings).filter((name) => name !== 'insecure-registries' && !others.test(name));
  if (unknown.length > 0) {
    return cannot(`the following directives don't match any configuration option: ${unknown.sort().join(', ')}`);
  }
  const refused = Object.keys(settings).find((name) => others.test(name));
  if (refused !== undefined) return { wrong: `drydock: the setting ${refused} of ${path} is not simulated` };
  const insecure = settings['insecure-registries'] ?? [];
  if (!Array.isArray(insecure) || !insecure.every((each) => typeof each === 'string')) {
    return cannot('json: cannot unmarshal into Go struct field Config.insecure-registries of type []string');
  }
  return { insecure: insecure.map((each: string) => each.replace(/^https?:\/\//, '')) };
}

/** The first thing in a text that no JSON has there, as Go's decoder says it; simplified to the most common mistakes. */
function mistakeIn(text: string): string {
  const quote = /[“”']/.exec(text)?.[0];
  if (quote !== undefined)
    return `invalid character '${quote === "'" ? "\\''" : quote}' looking for beginning of value`;
  const comma = /,\s*([}\]])/.exec(text)?.[1];
  if (comma === '}') return "invalid character '}' looking for beginning of object key string";
  if (comma === ']') return "invalid character ']' looking for beginning of value";
  return 'unexpected EOF';
}
