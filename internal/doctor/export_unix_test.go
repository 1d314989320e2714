//go:build unix

package doctor

import "io/fs"

// JudgeKey is what is said of a key with these permissions.
func JudgeKey(info fs.FileInfo) Result {
	f := place{path: "/etc/ssl/private/privkey.pem", secret: true, shared: true}.judge(info)
	return Result{Status: f.status, Says: f.says, Advice: f.advice}
}
