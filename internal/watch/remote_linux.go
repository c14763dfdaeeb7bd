package watch

import "syscall"

// remoteTypes are the file systems (statfs(2), f_type) on which a change made by another
// machine, or by the host of a virtual one, gives no event here.
var remoteTypes = map[uint32]string{
	0x00006969: "nfs",
	0x0000517b: "smb",
	0xfe534d42: "smb2",
	0xff534d42: "cifs",
	0x01021997: "9p",   // WSL 2: /mnt/c
	0x65735546: "fuse", // sshfs, and virtiofs of Docker Desktop
	0x786f4256: "vboxsf",
	0xbacbacbc: "vmhgfs",
	0x7c7c6673: "prl_fs",
	0x00c36400: "ceph",
	0x5346414f: "afs",
	0x6b414653: "kafs",
	0x73757245: "coda",
	0x0000564c: "ncp",
	0x0bd00bd0: "lustre",
	0x01161970: "gfs2",
	0x7461636f: "ocfs2",
}

// remote reports whether the file system of dir gives no events for all of its changes.
func remote(dir string) bool {
	var st syscall.Statfs_t
	if syscall.Statfs(dir, &st) != nil {
		return false
	}
	_, ok := remoteTypes[uint32(st.Type)]
	return ok
}
