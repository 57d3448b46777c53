import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Exec, Next, Sys } from '../../../kernel/program.ts';
import { pathCandidates } from '../../busybox/execute.ts';
import { busyboxNames } from '../../names.ts';
import { makeDirectories } from '../../packages/unpack.ts';
import { fail, toolIo } from '../io.ts';
import { isDefined, log, lxcPath, named } from './common.ts';

const folders =
  'selinux dev home root etc etc/init.d bin usr/bin sbin usr/sbin proc sys mnt tmp var/log var/run dev/pts lib usr/lib lib64 usr/lib64';

const inittab = `::sysinit:/etc/init.d/rcS
tty1::respawn:/bin/getty -L tty1 115200 vt100
console::askfirst:/bin/sh
`;

const rcS = `#!/bin/sh
/bin/syslogd
/bin/mount -a
/bin/udhcpc
`;

/** `lxc-create -t busybox|download -n NAME`: a root file system and a configuration. */
export function lxcCreate(exec: Exec, sys: Sys): Next<null> {
  const io = toolIo('lxc-create', exec, sys);
  const cut = io.args.indexOf('--');
  const call = named(
    { ...io, args: cut < 0 ? io.args : io.args.slice(0, cut) },
    {
      usage: '--name=NAME --template=TEMPLATE [OPTION...] [-- template-options]',
      short: 't:f:B:',
      long: ['template:=t', 'config:=f', 'bdev:=B'],
    },
  );
  if ('exit' in call) return call;
  const { options, name } = call;
  for (const letter of ['f', 'B'])
    if (options.has(letter)) return fail(io, `lxc-create: the option -${letter} is not simulated`);
  const template = options.value('t');
  if (template === undefined) {
    log(io, name, 'tools/lxc_create.c: main: 214', 'A template must be specified');
    return log(io, name, 'tools/lxc_create.c: main: 215', 'Use "none" if you really want a container without a rootfs');
  }
  if (isDefined(sys, name)) return log(io, name, 'tools/lxc_create.c: main: 264', 'Container already exists');
  const failed = () => log(io, name, 'tools/lxc_create.c: main: 317', `Failed to create container ${name}`);
  if (template === 'download') {
    // the index of images is outside, where nothing answers
    io.out('Downloading the image index\n');
    io.err('ERROR: Failed to download https://images.linuxcontainers.org//meta/1.0/index-system\n');
    log(io, name, 'lxccontainer.c: create_run_template: 1628', 'Failed to create container from template');
    return failed();
  }
  if (template !== 'busybox') {
    log(io, name, 'utils.c: get_template_path: 900', `No such file or directory - bad template: ${template}`);
    log(io, name, 'lxccontainer.c: __lxcapi_create: 1799', `Template "${template}" not found`);
    return failed();
  }
  const busybox = pathCandidates('busybox', io.env)
    .map((path) => sys.fs.readFile(path))
    .find((file) => !isErrno(file));
  if (busybox === undefined || isErrno(busybox)) {
    io.err('ERROR: Failed to find busybox binary\n');
    log(io, name, 'lxccontainer.c: create_run_template: 1628', 'Failed to create container from template');
    return failed();
  }
  makeBusybox(sys, name, busybox.bytes);
  return { exit: 0 };
}

/** What the template lxc-busybox of LXC makes. */
function makeBusybox(sys: Sys, name: string, busybox: string): void {
  const root = `${lxcPath}/${name}/rootfs`;
  for (const folder of folders.split(' ')) makeDirectories(sys, `${root}/${folder}`);
  sys.fs.chmod(`${root}/tmp`, 0o1777);
  const put = (path: string, text: string, mode = 0o644) => {
    sys.fs.writeFile(`${root}/${path}`, text, { mode });
    sys.fs.chmod(`${root}/${path}`, mode);
  };
  put('etc/passwd', 'root:x:0:0:root:/root:/bin/sh\n');
  put('etc/group', 'root:x:0:root\n');
  put('etc/init.d/rcS', rcS, 0o744);
  put('etc/inittab', inittab);
  put('etc/fstab', '');
  put('etc/shadow', '');
  put('bin/busybox', busybox, 0o755);
  for (const applet of busyboxNames()) sys.fs.symlink('busybox', `${root}/bin/${applet}`);
  sys.fs.link(`${root}/bin/busybox`, `${root}/sbin/init`);
  sys.fs.writeFile(`${lxcPath}/${name}/config`, encodeUtf8(configOf(name, root)), { mode: 0o640 });
}

function configOf(name: string, root: string): string {
  return `# Template used to create this container: /usr/share/lxc/templates/lxc-busybox
# Parameters passed to the template:
# For additional config options, please look at lxc.container.conf(5)

# Uncomment the following line to support nesting containers:
#lxc.include = /usr/share/lxc/config/nesting.conf
# (Be aware this has security implications)

lxc.net.0.type = veth
lxc.net.0.link = lxcbr0
lxc.net.0.flags = up
lxc.rootfs.path = dir:${root}
lxc.signal.halt = SIGUSR1
lxc.signal.reboot = SIGTERM
lxc.uts.name = "${name}"
lxc.autodev = 1
lxc.tty.max = 5
lxc.pty.max = 1
lxc.cap.drop = sys_module mac_admin mac_override sys_time

lxc.mount.auto = cgroup:mixed proc:mixed sys:ro
lxc.mount.entry = shm dev/shm tmpfs defaults,create=dir 0 0
lxc.mount.entry = mqueue dev/mqueue mqueue defaults,optional,create=dir 0 0
`;
}
