//go:build windows

package disk

import "golang.org/x/sys/windows"

// measure is within the user's quota, where there is one.
func measure(path string) (free, total uint64, err error) {
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return 0, 0, err
	}
	err = windows.GetDiskFreeSpaceEx(name, &free, &total, nil)
	return free, total, err
}
