//go:build system && race

package bolt_test

// images is how many crashes a recording is put through; under the race
// detector each takes ten times as long.
const images = 300
