//go:build system && !race

package bolt_test

// images is how many crashes a recording is put through.
const images = 3000
