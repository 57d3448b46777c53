import { beforeAll, describe, expect, it } from 'vitest';
import type { World } from '../../../src/kernel/state.ts';
import {
  encodeCommand,
  encodeReply,
  parseCommand,
  parseReply,
  splitWords,
} from '../../../src/programs/servers/redis/resp.ts';
import { Sandbox } from '../../support/sandbox.ts';

let running: World;

beforeAll(() => {
  const sandbox = new Sandbox();
  sandbox.docker('run', '-d', '--name', 'cache', 'redis');
  sandbox.pass(1);
  running = sandbox.world;
});

const script = (lines: string) => new Sandbox(running).docker('exec', 'cache', 'sh', '-c', lines).stdout;

describe('redis-cli, not on a terminal', () => {
  // recorded from Redis 8.0.2
  it.each([
    ['ping', 'PONG\n'],
    ['set a 1; redis-cli incr a; redis-cli get a; redis-cli get none', 'OK\n2\n2\n\n'],
    ['set s hello; redis-cli incr s', 'OK\nERR value is not an integer or out of range\n\n'],
    ['mset a 1 b 2; redis-cli exists a b zz; redis-cli del a zz', 'OK\n2\n1\n'],
    [
      'set s x; redis-cli expire s 100; redis-cli ttl s; redis-cli ttl zz; redis-cli persist s; redis-cli ttl s',
      'OK\n1\n100\n-2\n1\n-1\n',
    ],
    ['lpush l a b c; redis-cli rpush l d; redis-cli lrange l 0 -1; redis-cli lpop l', '3\n4\nc\nb\na\nd\nc\n'],
    ['lpush l a; redis-cli get l', '1\nWRONGTYPE Operation against a key holding the wrong kind of value\n\n'],
    ['hset h f 1 g 2; redis-cli hget h f; redis-cli hget h zz; redis-cli hgetall h', '2\n1\n\nf\n1\ng\n2\n'],
    ['zadd z 1 a 2 b; redis-cli zrange z 0 -1 withscores; redis-cli zscore z a', '2\na\n1\nb\n2\n1\n'],
    ['frob', "ERR unknown command 'frob', with args beginning with: \n\n"],
    ['get', "ERR wrong number of arguments for 'get' command\n\n"],
    ['set a b FOO', 'ERR syntax error\n\n'],
    ['set a b EX 10; redis-cli dbsize; redis-cli flushall; redis-cli dbsize', 'OK\n1\nOK\n0\n'],
    ['rename zz q', 'ERR no such key\n\n'],
    ['hkeys h', '\n'],
    ['type h; redis-cli role', 'none\nmaster\n0\n\n'],
    ['config get port', 'port\n6379\n'],
    ['-n 2 set q 1; redis-cli info keyspace', 'OK\n# Keyspace\r\ndb2:keys=1,expires=0,avg_ttl=0\r\n\n'],
  ])('%s', (words, expected) => {
    expect(script(`redis-cli ${words}`)).toBe(expected);
  });

  it('takes commands from a pipe', () => {
    expect(script(`printf 'set k v\\nget k\\nbad\\n"x\\nselect 1\\nget k\\n' | redis-cli`)).toBe(
      "OK\nv\nERR unknown command 'bad', with args beginning with: \n\nInvalid argument(s)\nOK\n\n",
    );
  });

  it('tells why there is no connection', () => {
    const { stderr, code } = new Sandbox(running).docker('exec', 'cache', 'redis-cli', '-p', '6400', 'ping');
    expect(stderr).toBe('Could not connect to Redis at 127.0.0.1:6400: Connection refused\n');
    expect(code).toBe(1);
  });

  it('has a prompt on a terminal', () => {
    const live = new Sandbox(running).start('/usr/bin/docker', ['docker', 'exec', '-it', 'cache', 'redis-cli'], {
      tty: true,
    });
    live.wait(1);
    expect(live.type('incr n\n').stdout).toContain('(integer) 1');
    expect(live.type('get nothing\n').stdout).toContain('(nil)');
    expect(live.type('select 1\n').stdout).toContain('127.0.0.1:6379[1]> ');
    live.type('exit\n');
    expect(live.wait(1).code).toBe(0);
  });
});

describe('redis-server', () => {
  it('saves when it is stopped, and has its data again', () => {
    const sandbox = new Sandbox(running);
    sandbox.docker('exec', 'cache', 'redis-cli', 'set', 'a', '1');
    sandbox.docker('stop', 'cache');
    const log = sandbox.docker('logs', 'cache').stdout.replace(/\d\d \w{3} \d{4} [\d:.]+/g, 'TIME');
    expect(log).toMatch(/1:M TIME \* Ready to accept connections tcp\n/);
    expect(log).toMatch(
      /1:signal-handler \(\d+\) Received SIGTERM scheduling shutdown\.\.\.\n1:M TIME \* User requested shutdown\.\.\.\n1:M TIME \* Saving the final RDB snapshot before exiting\.\n1:M TIME \* DB saved on disk\n1:M TIME # Redis is now ready to exit, bye bye\.\.\.\n$/,
    );
    sandbox.docker('start', 'cache');
    sandbox.pass(1);
    expect(sandbox.docker('exec', 'cache', 'redis-cli', 'get', 'a').stdout).toBe('1\n');
  });

  it('keeps an append-only file, and asks for a password', () => {
    const sandbox = new Sandbox(running);
    sandbox.docker('run', '-d', '--name', 'safe', 'redis', '--appendonly', 'yes', '--requirepass', 'pw', '--save', '');
    sandbox.pass(1);
    const cli = (...words: string[]) => sandbox.docker('exec', 'safe', 'redis-cli', ...words);
    expect(cli('get', 'a').stdout).toBe('NOAUTH Authentication required.\n\n');
    const set = cli('-a', 'pw', 'set', 'a', '7');
    expect(set.stdout).toBe('OK\n');
    expect(set.stderr).toBe(
      "Warning: Using a password with '-a' or '-u' option on the command line interface may not be safe.\n",
    );
    expect(cli('--no-auth-warning', '-a', 'bad', 'get', 'a').stderr).toBe(
      'AUTH failed: WRONGPASS invalid username-password pair or user is disabled.\n',
    );
    sandbox.docker('restart', '-t', '1', 'safe');
    sandbox.pass(1);
    expect(cli('--no-auth-warning', '-a', 'pw', 'get', 'a').stdout).toBe('7\n');
  });

  it('is found by its name from another container', () => {
    const sandbox = new Sandbox(running);
    const address = sandbox.docker('inspect', '-f', '{{.NetworkSettings.IPAddress}}', 'cache').stdout.trim();
    expect(sandbox.docker('run', '--rm', 'redis', 'redis-cli', '-h', address, 'ping').stdout).toBe('PONG\n');
  });

  it('refuses settings that it does not know', () => {
    const { stdout, code } = new Sandbox(running).docker('run', '--rm', 'redis', '--porr', '1');
    expect(stdout).toMatch(/# Unresolved Configuration\(s\) Detected:\n.*# >>> 'porr 1'\n/);
    expect(code).toBe(1);
  });
});

describe('RESP', () => {
  it('goes there and back', () => {
    const reply = { array: [{ int: 1 }, { bulk: 'a\r\nb' }, { bulk: null }, { simple: 'OK' }, { error: 'ERR x' }] };
    const bytes = encodeReply(reply);
    expect(parseReply(`${bytes}+rest`)).toEqual({ reply, rest: '+rest' });
    for (let i = 0; i < bytes.length; i++) expect(parseReply(bytes.slice(0, i))).toBeUndefined();
    expect(parseCommand(encodeCommand(['set', 'a', 'b c']))).toEqual({ words: ['set', 'a', 'b c'], rest: '' });
  });
  it('reads quoted words', () => {
    expect(splitWords('set "a b" \'c\' "\\n"')).toEqual(['set', 'a b', 'c', '\n']);
    expect(splitWords('"open')).toBeUndefined();
  });
});
