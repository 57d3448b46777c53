const tree = 'the files of the recorded image are fewer';
const bridge = 'the recorded bridge shows a state from a moment before';

/** Commands whose output may not match, with the reason; the test fails when one matches after all. */
export const deviations: { readonly [recording: string]: { readonly [command: string]: string } } = {
  namespaces: {
    'chroot --userspec=65534:65534 rootfs id': 'the recorded image has no such group',
    'unshare --pid sh -c "ls; ls"':
      'the simulated dash puts the last command in its own place, and the folder has other files',
    'unshare -m sh -c "mount -t tmpfs none /mnt; mount | tail -1"; mount | tail -1':
      'the last mount of the host is another one',
    'unshare --map-user=1000 id': 'user 1000 has another name',
  },
  mounts: {
    'echo new > merged/n; echo more >> merged/f; rm merged/g; rm -r merged/d; mkdir merged/d; ls -l upper; cat lower/f upper/f; ls lower merged; stat -c "%F %t,%T" upper/g; ls -la work':
      'the kernel links whiteouts to one file in the work directory',
    'unshare -m sh -c "mount --bind new new; cd new; pivot_root . old; exec chroot . sh -c \\"ls / ; ls old | head -3; umount -l /old; ls old; mount -t proc proc /proc; mount\\""':
      tree,
    'unshare -mpf sh -c "mount --bind new new; cd new; pivot_root . old; mount -t proc proc proc; cd /; umount -l old; ls /; ps; mount"':
      tree,
  },
  netns: {
    'ip netns add blue; ip netns; ls -l /run/netns; mount | grep netns':
      'the recorded /run is mounted with other options',
    'ip link add y type veth; ip link': bridge,
    'ip link set veth0 name eth9; ip -br link': bridge,
    'ip link set eth9 down; ip -br a': bridge,
  },
  runc: {
    'runc spec; cat config.json': 'on cgroup v2, as here, runc adds a cgroup namespace',
    'runc exec h9b ps': 'the recorded image has another ps',
  },
  lxc: { 'lxc-attach -n c1 -- ps': 'the recorded busybox has another ps' },
};
