// Package list owns the window on a list that may be a million rows long and
// grows at its head while somebody reads it. Rows come newest first, from the
// store by cursor; a bounded number of them is held. It imports Bubble Tea only,
// and knows nothing of what a row is.
package list
