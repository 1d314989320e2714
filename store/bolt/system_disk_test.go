//go:build system

package bolt_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

const ownMountsName = "TUSHUM_TEST_MOUNTS"

// ownMounts gives the test mounts that nobody else sees and that end with its
// process, however that ends: it runs the test again in a process with a mount
// table of its own. Where it answers false that has been done.
func ownMounts(t *testing.T) bool {
	t.Helper()
	if os.Getenv(ownMountsName) != "" {
		return true
	}
	if os.Geteuid() != 0 {
		t.Fatal("this test mounts file systems: run it as root")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	runtime.LockOSThread() // the child ends when the thread that made it does
	defer runtime.UnlockOSThread()
	cmd := exec.CommandContext(t.Context(), self, "-test.run=^"+t.Name()+"$", "-test.v")
	cmd.Env = append(os.Environ(), ownMountsName+"=1", "TMPDIR="+t.TempDir())
	cmd.SysProcAttr = &syscall.SysProcAttr{Unshareflags: syscall.CLONE_NEWNS, Pdeathsig: syscall.SIGKILL}
	out, err := cmd.CombinedOutput()
	t.Logf("in a process with mounts of its own:\n%s", out)
	if err != nil || !bytes.Contains(out, []byte("--- PASS: "+t.Name())) {
		t.Fatal(err)
	}
	return false
}

// disk is an ext4 file system in a file.
type disk struct {
	t        *testing.T
	img, dir string
}

// newDisk makes and mounts a disk of so many bytes, all of them the test's.
func newDisk(t *testing.T, size int64) *disk {
	t.Helper()
	d := &disk{t, filepath.Join(t.TempDir(), "disk.img"), t.TempDir()}
	f, err := os.Create(d.img)
	if err == nil {
		err = f.Truncate(size)
	}
	if err != nil {
		t.Fatal(err)
	}
	f.Close()
	command(t, "e2fsprogs", "mkfs.ext4", "-q", "-F", "-m", "0", d.img)
	d.mount()
	t.Cleanup(func() { d.unmount() })
	return d
}

func (d *disk) mount() {
	d.t.Helper()
	command(d.t, "mount", "mount", "-o", "loop", d.img, d.dir)
}

func (d *disk) unmount() {
	d.t.Helper()
	unmount(d.t, d.dir)
}

// unmount waits for whoever has just let go of the last file.
func unmount(t *testing.T, dir string) {
	t.Helper()
	var err error
	for range 100 {
		if err = unix.Unmount(dir, 0); err == nil {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("unmounting %s: %v", dir, err)
}

// path names a file on the disk.
func (d *disk) path(name string) string { return filepath.Join(d.dir, name) }

// cutPower takes the disk away from the file system at once: nothing that has
// not reached it ever will. Everything after fails, until restorePower.
func (d *disk) cutPower() {
	d.t.Helper()
	f, err := os.Open(d.dir)
	if err != nil {
		d.t.Fatal(err)
	}
	defer f.Close()
	const shutdown, noLogFlush = 0x8004587d, 2 // EXT4_IOC_SHUTDOWN
	if err := unix.IoctlSetPointerInt(int(f.Fd()), shutdown, noLogFlush); err != nil {
		d.t.Fatalf("cutting the power of an ext4 file system: %v", err)
	}
}

// restorePower mounts what the disk holds; ext4 replays its journal.
func (d *disk) restorePower() {
	d.t.Helper()
	d.unmount()
	d.mount()
}

// newMemoryDisk mounts a tmpfs of so many bytes.
func newMemoryDisk(t *testing.T, size int64) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := unix.Mount("tushum", dir, "tmpfs", 0, fmt.Sprintf("size=%d", size)); err != nil {
		t.Fatalf("mounting a tmpfs: %v", err)
	}
	t.Cleanup(func() { unmount(t, dir) })
	return dir
}

// freeBytes is what may still be written to the file system of dir.
func freeBytes(t *testing.T, dir string) int64 {
	t.Helper()
	var st unix.Statfs_t
	if err := unix.Statfs(dir, &st); err != nil {
		t.Fatal(err)
	}
	return int64(st.Bavail) * st.Bsize
}

// leave fills the file system of dir up to so many free bytes and returns the
// file to remove for room.
func leave(t *testing.T, dir string, free int64) (filler string) {
	t.Helper()
	filler = filepath.Join(dir, "filler")
	f, err := os.OpenFile(filler, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for block := make([]byte, 1<<20); len(block) >= 512; {
		if int64(len(block)) <= freeBytes(t, dir)-free {
			if _, err := f.Write(block); err == nil {
				continue
			}
		}
		block = block[:len(block)/2]
	}
	if err := f.Sync(); err != nil {
		t.Fatal(err)
	}
	return filler
}
